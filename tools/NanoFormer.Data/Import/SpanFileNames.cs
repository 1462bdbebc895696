using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Data.Import;

/// <summary>Which recording a table of labels means: by its path or name, with extension or without, by a part of it, or by a number in it.</summary>
internal sealed partial class SpanFileNames
{
    private readonly string[] _files;
    private readonly string[] _stems;
    private readonly List<Dictionary<long, int>> _numbers = []; // for each number of a name that no two names share

    /// <param name="files">The recordings' paths below the folder, with <c>/</c> between folders.</param>
    public SpanFileNames(IReadOnlyList<string> files)
    {
        _files = [.. files];
        _stems = [.. files.Select(StemOf)];
        long[][] numbers = [.. _stems.Select(stem => Number().Matches(stem).Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray())];
        for (int place = 0; place < numbers.Min(own => own.Length); place++)
        {
            if (numbers.DistinctBy(own => own[place]).Count() == numbers.Length)
            {
                _numbers.Add(numbers.Index().ToDictionary(pair => pair.Item[place], pair => pair.Index));
            }
        }
    }

    /// <summary>The recordings that a name may mean, by their place in the list: one, where all is well.</summary>
    public int[] Find(string name)
    {
        string path = name.Replace('\\', '/').TrimStart('.', '/');
        Func<int, bool>[] ways =
        [
            i => IsSame(_files[i], path) || EndsWith(_files[i], path) || EndsWith(path, _files[i]),
            i => IsSame(_stems[i], path) || EndsWith(_stems[i], path),
            i => IsSame(NameOf(_stems[i]), NameOf(StemOf(path))),
            i => IsPart(NameOf(_stems[i]), StemOf(path)),
        ];
        foreach (var way in ways)
        {
            if (Enumerable.Range(0, _files.Length).Where(way).ToArray() is { Length: > 0 } found)
            {
                return found;
            }
        }

        return long.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? [.. _numbers.Where(numbers => numbers.ContainsKey(number)).Select(numbers => numbers[number]).Distinct()]
            : [];
    }

    /// <summary>A path without the extension, and without that of a packed file.</summary>
    public static string StemOf(string path) =>
        Extension().Replace(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path, "");

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool EndsWith(string path, string end) => path.EndsWith("/" + end, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text with a letter stands in a name between borders of words, such as <c>exp01</c> in <c>acc_exp01_user01</c>.</summary>
    private static bool IsPart(string name, string part)
    {
        int at = part.Any(char.IsLetter) ? name.IndexOf(part, StringComparison.OrdinalIgnoreCase) : -1;
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(name[at - 1]))
            && (at + part.Length == name.Length || !char.IsLetterOrDigit(name[at + part.Length]));
    }

    [GeneratedRegex("[0-9]{1,18}")]
    private static partial Regex Number();

    [GeneratedRegex(@"\.[A-Za-z][A-Za-z0-9]{0,4}$")]
    private static partial Regex Extension();
}
