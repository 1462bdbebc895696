using System.Text.RegularExpressions;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Discovery;

/// <summary>What the names of files and folders tell: classes and subjects.</summary>
/// <param name="Labels">The class of each file, in their order; null when names tell none.</param>
/// <param name="Subjects">The subject of each file, in the same way.</param>
/// <param name="LabelFrom">What tells the classes, such as <c>the folders</c>.</param>
/// <param name="SubjectFrom">What tells the subjects.</param>
internal sealed partial record NameRoles(
    IReadOnlyList<string>? Labels, IReadOnlyList<string>? Subjects, string LabelFrom, string SubjectFrom)
{
    private const int MostClasses = 60;
    private const string Folders = "the folders";
    private const int ShortestHash = 8;
    private const int ShortestMixedHash = 4;

    private static readonly char[] Separators = ['_', '-', '.', ' ', ',', '(', ')'];

    private static readonly HashSet<string> SubjectWords = new(StringComparer.Ordinal)
    {
        "s", "sub", "subj", "subject", "subjects", "p", "person", "part", "participant", "pt", "u", "user", "usr", "uid", "vol", "volunteer", "id",
        "patient", "wearer", "people", "m", "f", "machine", "motor", "device", "bearing",
    };

    private static readonly HashSet<string> RepetitionWords = new(StringComparer.Ordinal)
    {
        "r", "rep", "t", "trial", "take", "run", "session", "rec", "recording", "exp", "experiment", "file", "sample", "seq", "n", "no", "nr", "v",
        "set", "day", "part", "e", "test", "round", "try",
    };

    /// <summary>Words that are meant by most who use them as a class.</summary>
    private static readonly string[] ActivityStems =
    [
        "walk", "run", "jog", "sit", "stand", "lay", "lie", "lying", "stair", "upstair", "downstair", "climb", "jump", "cycl", "bik", "idle",
        "rest", "still", "stationary", "wave", "punch", "flex", "ring", "wing", "slope", "circle", "negative", "unknown", "noise", "normal",
        "fault", "healthy", "imbalance", "shake", "swipe", "tap", "clap", "left", "right", "up", "down", "tilt", "rotat", "eat", "drink", "typ",
        "writ", "brush", "driv", "car", "bus", "train", "sleep", "fall", "squat", "push", "lunge", "row", "swim", "wash", "fold", "cook",
        "open", "close", "on", "off", "good", "bad", "none", "null", "other", "active", "move", "danc", "kick", "throw", "catch", "snake", "updown",
        "turn", "elevator", "escalator", "stretch", "yoga", "sweep", "vacuum", "iron", "smok", "talk", "phone", "type",
    ];

    /// <summary>The part of a split that each file is in; null when names tell none.</summary>
    public IReadOnlyList<string>? Splits { get; private init; }

    /// <summary>Reads the names of files relative to a folder, with <c>/</c> between folders.</summary>
    public static NameRoles Of(IReadOnlyList<string> names)
    {
        var parts = (IsFolderEach(names) ? names.Select(FolderOf) : names).Select(Parts).ToArray();
        int depth = parts.Min(part => part.Folders.Length);
        var labels = default((string[] Values, string From)?);
        var subjects = default((string[] Values, string From)?);
        string[]? splits = null;
        for (int level = 0; level < depth; level++)
        {
            string[] folders = [.. parts.Select(part => part.Folders[level])];
            if (PartsOf(folders) is { } own)
            {
                splits ??= own;
                continue;
            }

            if (folders.Distinct().Count() is < 2 or > MostClasses * 4 && !IsSubject(folders))
            {
                continue;
            }

            if (IsSubject(folders))
            {
                subjects ??= (folders, Folders);
            }
            else if (labels is null || Activity(folders) > Activity(labels.Value.Values))
            {
                subjects ??= labels is { } before ? before : null;
                labels = (folders, Folders);
            }
            else
            {
                subjects ??= (folders, Folders);
            }
        }

        if (labels is { From: Folders } byFolder)
        {
            labels = (WithoutCounters(OfFoldersBelow(byFolder.Values, parts)), Folders);
        }

        var told = labels;
        string[][] tokens = parts.Select(part => part.Tokens).ToArray();
        if (PartsOf([.. tokens.Select(file => file.FirstOrDefault(token => PartOf(token) is not null) ?? "")]) is { } named)
        {
            splits ??= named;
            tokens = [.. tokens.Select(file => file.Where(token => PartOf(token) is null).ToArray())];
        }

        subjects ??= Numbered(tokens) is { } numbered ? (numbered, "the files' names") : null;
        if (Words(tokens, told?.Values) is { } words)
        {
            if (told is null || (words.Label is { } better && Activity(told.Value.Values) < 0.5 && Activity(better) >= 0.5))
            {
                subjects ??= told;
                labels = words.Label is { } own ? (own, "the files' names") : labels;
            }

            subjects ??= words.Subject is { } who ? (who, "the files' names") : null;
        }

        subjects ??= labels is { } known && Counted(tokens, known.Values) is { } counted ? (counted, "the numbers in the files' names") : null;
        return new NameRoles(labels?.Values, subjects?.Values, labels?.From ?? "", subjects?.From ?? "") { Splits = splits };
    }

    /// <summary>Classes without the number behind each, such as of a trial, where at least half of the names come with several numbers.</summary>
    private static string[] WithoutCounters(string[] labels)
    {
        string[] stems = [.. labels.Select(label => Counter().Replace(label, ""))];
        var numbers = labels.Distinct().GroupBy(label => Counter().Replace(label, "")).ToArray();
        return numbers.Length > 1 && labels.All(label => Counter().IsMatch(label)) && numbers.Count(group => group.Count() > 1) * 2 >= numbers.Length ? stems : labels;
    }

    /// <summary>
    /// The classes of files that lie deeper than others, in a folder that has none of its own: where the folders below, or the file, name
    /// another class, they are of it.
    /// </summary>
    private static string[] OfFoldersBelow(string[] labels, (string[] Folders, string[] Tokens)[] parts)
    {
        int depth = parts.Min(part => part.Folders.Length);
        var own = labels.Where((_, i) => parts[i].Folders.Length == depth).ToHashSet();
        var words = own.ToDictionary(label => label, label => ColumnRoles.Words(label));
        return [.. labels.Select((label, i) => own.Contains(label) ? label : words
            .Where(other => other.Value.Length > 0 && Named(parts[i], label).IsSupersetOf(other.Value)).OrderByDescending(other => other.Value.Length).Select(other => other.Key)
            .FirstOrDefault() ?? label)];

        static HashSet<string> Named((string[] Folders, string[] Tokens) part, string label) =>
            [.. part.Folders.SkipWhile(folder => folder != label).Skip(1).SelectMany(ColumnRoles.Words), .. part.Tokens.Select(Lower)];
    }

    /// <summary>The part of each name; null unless all are names of parts, and both parts are there.</summary>
    private static string[]? PartsOf(string[] names)
    {
        string?[] parts = [.. names.Select(PartOf)];
        return parts.Contains(DatasetSplit.Train) && parts.Contains(DatasetSplit.Test) && !parts.Contains(null) ? [.. parts.Select(part => part!)] : null;
    }

    /// <summary>The part that a word means; what others keep to choose settings by is learnt from here.</summary>
    private static string? PartOf(string name) => Lower(name) switch
    {
        "train" or "training" or "val" or "valid" or "validation" or "dev" => DatasetSplit.Train,
        "test" or "testing" => DatasetSplit.Test,
        _ => null,
    };

    private static (string[] Folders, string[] Tokens) Parts(string name)
    {
        string[] folders = name.Split('/');
        string stem = folders[^1].EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? folders[^1][..^3] : folders[^1];
        stem = Path.GetFileNameWithoutExtension(stem);
        return (folders[..^1], [.. stem.Split(Separators).Where(part => !IsHash(part)).SelectMany(part => Token().Matches(part)).Select(match => match.Value)]);
    }

    /// <summary>Whether every recording has a folder to itself, in which its file has the same name as all others.</summary>
    private static bool IsFolderEach(IReadOnlyList<string> names) => names.Count > 1 && names.All(name => name.Contains('/'))
        && names.Select(name => name[(name.LastIndexOf('/') + 1)..]).Distinct().Count() == 1;

    private static string FolderOf(string name) => name[..name.LastIndexOf('/')] + ".csv";

    /// <summary>Whether a part of a name is hexadecimal, such as a tool adds it to make the name unique.</summary>
    private static bool IsHash(string part)
    {
        int turns = part.Zip(part.Skip(1)).Count(pair => char.IsAsciiDigit(pair.First) != char.IsAsciiDigit(pair.Second));
        return part.All(char.IsAsciiHexDigit) && turns > 0 && part.Length >= (turns > 1 ? ShortestMixedHash : ShortestHash);
    }

    /// <summary>Whether most names are those of numbered subjects, such as s01 or 17.</summary>
    private static bool IsSubject(string[] names) => names.Count(name =>
        Token().Matches(name).Select(match => match.Value).ToArray() is var tokens && tokens.Length > 0
        && tokens.Any(IsNumber) && tokens.All(token => IsNumber(token) || SubjectWords.Contains(token.ToLowerInvariant()))) > 0.7 * names.Length;

    /// <summary>The number behind a word for subjects; null unless nearly all files have one.</summary>
    private static string[]? Numbered(string[][] tokens)
    {
        string?[] found = [.. tokens.Select(file => file.Zip(file.Skip(1))
            .Where(pair => SubjectWords.Contains(pair.First.ToLowerInvariant()) && IsNumber(pair.Second))
            .Select(pair => pair.First.ToLowerInvariant() + pair.Second).FirstOrDefault())];
        return found.Distinct().Count() > 1 && found.All(name => name is not null) ? [.. found.Select(name => name!)] : null;
    }

    /// <summary>The words that differ between files: one part of them may be the class, the other the subject.</summary>
    private static (string[]? Label, string[]? Subject)? Words(string[][] tokens, string[]? told)
    {
        var common = tokens.Aggregate(tokens[0].Select(Lower), (all, file) => [.. all.Intersect(file.Select(Lower))]).ToHashSet();
        string[][] words = [.. tokens.Select((file, i) => file.Index()
            .Where(pair => !IsNumber(pair.Item) && !common.Contains(Lower(pair.Item)) && !IsCounter(file, pair.Index)
                && (told is null || !ColumnRoles.Words(told[i]).Contains(Lower(pair.Item))))
            .Select(pair => pair.Item).ToArray())];
        if (words.All(file => file.Length == 0))
        {
            return null;
        }

        string[] joined = [.. words.Select(file => string.Join('_', file))];
        if (told is not null)
        {
            return joined.Distinct().Count() > 1 ? (Activity(joined) >= 0.5 ? joined : null, Activity(joined) < 0.5 ? Missing(joined, tokens) : null) : null;
        }
        // The class and a name: of the ways to part the words the one whose class is most often a class, and comes most often.
        (string[] Label, string[]? Subject)[] ways =
        [
            (joined, null),
            ([.. words.Select(file => string.Join('_', file.SkipLast(1)))], [.. words.Select(file => file.LastOrDefault() ?? "")]),
            ([.. words.Select(file => string.Join('_', file.Skip(1)))], [.. words.Select(file => file.FirstOrDefault() ?? "")]),
        ];
        var best = ways.Where(way => way.Label.All(label => label.Length > 0) && way.Label.Distinct().Count() is >= 2 and <= MostClasses
                && (way.Subject is null || way.Subject.Distinct().Count() >= 2))
            .OrderByDescending(way => Activity(way.Label) + (Repeats(way.Label) ? 0.5 : 0) - (0.02 * way.Label.Distinct().Count()))
            .FirstOrDefault();
        return best.Label is null ? null : best;
    }

    /// <summary>A file without a name counts as a subject of its own; null when more than a third of the files lack one.</summary>
    private static string[]? Missing(string[] subjects, string[][] tokens) =>
        subjects.Count(name => name.Length == 0) * 3 > subjects.Length
            ? null
            : [.. subjects.Select((name, i) => name.Length > 0 ? name : string.Join('_', tokens[i]))];

    /// <summary>
    /// A number that files of several classes share. It may be a subject or a repetition; what shares it is kept together in a split,
    /// which does no harm where it is a repetition.
    /// </summary>
    private static string[]? Counted(string[][] tokens, string[] labels)
    {
        string[]?[] candidates =
        [
            [.. tokens.Select(file => file.FirstOrDefault(IsNumber) ?? "")],
            [.. tokens.Select(file => file.LastOrDefault(IsNumber) ?? "")],
        ];
        return candidates.OfType<string[]>().FirstOrDefault(numbers => numbers.Distinct().Count() > 1 && numbers.All(n => n.Length > 0)
            && numbers.Zip(labels).GroupBy(pair => pair.First).Count(group => group.Select(pair => pair.Second).Distinct().Count() > 1)
                >= 0.5 * numbers.Distinct().Count());
    }

    private static bool Repeats(string[] labels) => labels.Distinct().Count() <= 0.5 * labels.Length;

    /// <summary>Part of the names that hold a word for an activity or a state.</summary>
    private static double Activity(string[] names) => names.Average(name => ColumnRoles.Words(name)
        .Any(word => ActivityStems.Any(stem => word == stem || (word.StartsWith(stem, StringComparison.Ordinal)
            && (stem.Length > 3 || (stem.Length == 3 && (word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith('s'))))))) ? 1.0 : 0);

    /// <summary>Whether a word only says what is counted by the number behind it, as in trial3.</summary>
    private static bool IsCounter(string[] file, int index) => index + 1 < file.Length && IsNumber(file[index + 1])
        && Lower(file[index]) is var word && (RepetitionWords.Contains(word) || SubjectWords.Contains(word));

    private static bool IsNumber(string token) => char.IsAsciiDigit(token[0]);

    private static string Lower(string token) => token.ToLowerInvariant();

    [GeneratedRegex("(?<=.)[_ -]?[0-9]+$")]
    private static partial Regex Counter();

    [GeneratedRegex("[0-9]+|[^0-9_\\-. ,()]+")]
    private static partial Regex Token();
}
