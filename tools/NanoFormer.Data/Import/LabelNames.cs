using System.Text;
using ADRaffy.ENSNormalize;

namespace NanoFormer.Data.Import;

/// <summary>The labels of an import: written in one way, renamed as asked, and held against what is meant.</summary>
internal sealed class LabelNames
{
    private const int MuchRarer = 5;
    private const string Invisible = "\u200B\u200C\u200D\u2060\uFEFF"; // blanks of no width, joiners, byte order mark

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal) { [""] = "" };
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _stated;
    private readonly bool _isChanged;
    private Dictionary<string, int>? _classes;
    private (string Label, int Class) _last = ("", Recording.Unlabelled);

    /// <summary>
    /// Reads the labels of all samples. Finds those outside the stated list or, without one, those that look like a more frequent one.
    /// </summary>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: a label to rename occurs nowhere.</exception>
    public LabelNames(IReadOnlyList<SourceRecording> sources, RepairOptions repairs, FindingLog log)
    {
        _stated = repairs.Labels;
        var counts = Count(sources);
        Unify(counts, log);
        Rename(counts, repairs.Renames, log);
        _isChanged = _names.Any(pair => pair.Key != pair.Value);
        Check(counts.Where(pair => pair.Value.Count > 0 && pair.Key.Length > 0).ToDictionary(), log);
    }

    /// <summary>The classes: those stated, else those that were met, in order.</summary>
    public IReadOnlyList<string> Classes => field ??= _stated.Count > 0 ? _stated : [.. _met.Order(StringComparer.Ordinal)];

    /// <summary>The samples with the names that are meant.</summary>
    public IEnumerable<SourceSample> Rename(IEnumerable<SourceSample> samples) =>
        _isChanged ? samples.Select(sample => sample with { Label = _names[sample.Label] }) : samples;

    /// <summary>Notes that samples with a label are there.</summary>
    public void Meet(string label)
    {
        if (!ReferenceEquals(label, _last.Label) && label.Length > 0)
        {
            _met.Add(label);
            _last.Label = label;
        }
    }

    /// <summary>The number of a label among the classes.</summary>
    public int ClassOf(string label)
    {
        if (_classes is null)
        {
            _classes = Classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
            _last = ("", Recording.Unlabelled);
        }

        if (!ReferenceEquals(label, _last.Label))
        {
            _last = (label, _classes.GetValueOrDefault(label, Recording.Unlabelled));
        }

        return _last.Class;
    }

    /// <summary>
    /// A label in composed characters (Unicode's form C), without invisible ones, and with single plain blanks in its middle only: what
    /// looks the same is the same.
    /// </summary>
    internal static string Normalize(string label)
    {
        string visible = string.Concat(label.Where(c => !Invisible.Contains(c, StringComparison.Ordinal)));
        string composed = Ascii.IsValid(visible) ? visible : ENSNormalize.NF.NFC(visible); // .NET's own needs ICU on the machine
        return string.Join(' ', composed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Gives labels that look the same one name.</summary>
    private void Unify(Dictionary<string, Met> counts, FindingLog log)
    {
        foreach (var (label, met) in counts.ToArray())
        {
            string name = Normalize(label);
            _names[label] = name;
            if (name == label)
            {
                continue;
            }

            counts.Remove(label);
            if (counts.TryGetValue(name, out var same))
            {
                log.Add(FindingKind.SuspectLabel, FindingOutcome.Noted,
                    $"'{name}' is written in several ways: {met.Place} in another", met.Count);
                counts[name] = same with { Count = same.Count + met.Count };
            }
            else
            {
                counts[name] = met;
            }
        }
    }

    private void Rename(Dictionary<string, Met> counts, IReadOnlyDictionary<string, string> renames, FindingLog log)
    {
        foreach (var (old, name) in renames)
        {
            var met = counts.TryGetValue(old, out var known)
                ? known
                : throw new DataException(DataError.BadOption, $"--rename: no sample has the label '{old}'.");
            log.Add(FindingKind.SuspectLabel, FindingOutcome.Repaired, $"'{old}' becomes '{name}'", met.Count);
        }

        foreach (var (label, name) in _names.ToArray())
        {
            _names[label] = renames.GetValueOrDefault(name, name);
        }

        var moved = renames.Select(pair => (pair.Value, counts[pair.Key])).ToArray();
        foreach (string old in renames.Keys)
        {
            counts.Remove(old);
        }

        foreach (var (name, met) in moved)
        {
            counts[name] = counts.TryGetValue(name, out var same) ? same with { Count = same.Count + met.Count } : met;
        }
    }

    private void Check(Dictionary<string, Met> counts, FindingLog log)
    {
        foreach (var (label, met) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (_stated.Contains(label))
            {
                continue;
            }

            string? meant = _stated.Count > 0
                ? _stated.FirstOrDefault(name => LabelDistance.IsNear(name, label))
                : counts.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => IsMisspelling(label, name, counts));
            string hint = meant is null ? "" : $"; --rename '{label}={meant}'?";
            if (_stated.Count > 0)
            {
                log.Add(FindingKind.UnknownLabel, FindingOutcome.Refused, $"'{label}', first in {met.Place}{hint}", met.Count);
            }
            else if (meant is not null)
            {
                log.Add(FindingKind.SuspectLabel, FindingOutcome.Refused,
                    $"'{label}' looks like '{meant}', first in {met.Place}{hint}", met.Count);
            }
        }
    }

    /// <summary>A case or spacing of its own makes the rarer name a slip (the later one on a tie); an edit only where it is rare.</summary>
    private static bool IsMisspelling(string label, string name, Dictionary<string, Met> counts)
    {
        if (label == name)
        {
            return false;
        }

        var (own, other) = (counts[label].Count, counts[name].Count);
        return LabelDistance.IsSpelledAlike(label, name)
            ? own < other || (own == other && string.CompareOrdinal(label, name) > 0)
            : own * (long)MuchRarer <= other && LabelDistance.IsNear(label, name);
    }

    private static Dictionary<string, Met> Count(IReadOnlyList<SourceRecording> sources)
    {
        var counts = new Dictionary<string, Met>(StringComparer.Ordinal);
        foreach (var source in sources.Where(source => source.HasLabels))
        {
            var last = (Label: "", Count: 0);
            foreach (var sample in source.Samples.Where(sample => sample.Label.Length > 0))
            {
                if (!ReferenceEquals(sample.Label, last.Label))
                {
                    Add(last.Label, last.Count);
                    last = (sample.Label, 0);
                    if (!counts.ContainsKey(sample.Label))
                    {
                        counts.Add(sample.Label, new Met(0, source.Place.Of(sample.Number)));
                    }
                }

                last.Count++;
            }

            Add(last.Label, last.Count);
        }

        return counts;

        void Add(string label, int count)
        {
            if (count > 0)
            {
                counts[label] = counts[label] with { Count = counts[label].Count + count };
            }
        }
    }

    private readonly record struct Met(int Count, string Place);
}
