namespace NanoFormer.Data.Import;

/// <summary>Renames labels, and finds those that are none or look misspelled.</summary>
internal static class LabelNames
{
    private const int MuchRarer = 5;

    /// <summary>The recordings with renamed labels.</summary>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: a label to rename occurs nowhere.</exception>
    public static IReadOnlyList<SourceRecording> Rename(
        IReadOnlyList<SourceRecording> recordings, IReadOnlyDictionary<string, string> renames, FindingLog log)
    {
        if (renames.Count == 0)
        {
            return recordings;
        }
        var counts = Count(recordings);
        foreach (var (old, name) in renames)
        {
            var count = counts.TryGetValue(old, out var known)
                ? known
                : throw new DataException(DataError.BadOption, $"--rename: no sample has the label '{old}'.");
            log.Add(FindingKind.SuspectLabel, FindingOutcome.Repaired, $"'{old}' becomes '{name}'", count);
        }
        SourceSample Renamed(SourceSample sample) => sample with { Label = renames.GetValueOrDefault(sample.Label, sample.Label) };
        return [.. recordings.Select(recording => recording with { Samples = [.. recording.Samples.Select(Renamed)] })];
    }

    /// <summary>Finds labels outside the stated list or, without one, those that look like a more frequent one.</summary>
    public static void Check(IReadOnlyList<SourceRecording> recordings, IReadOnlyList<string> stated, FindingLog log)
    {
        var counts = Count(recordings);
        foreach (var (label, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (stated.Contains(label))
            {
                continue;
            }
            var meant = stated.Count > 0
                ? stated.FirstOrDefault(name => LabelDistance.IsNear(name, label))
                : counts.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => IsMisspelling(label, name, counts));
            var hint = meant is null ? "" : $"; --rename '{label}={meant}'?";
            if (stated.Count > 0)
            {
                log.Add(FindingKind.UnknownLabel, FindingOutcome.Refused,
                    $"'{label}', first in {FirstPlace(recordings, label)}{hint}", count);
            }
            else if (meant is not null)
            {
                log.Add(FindingKind.SuspectLabel, FindingOutcome.Refused,
                    $"'{label}' looks like '{meant}', first in {FirstPlace(recordings, label)}{hint}", count);
            }
        }
    }

    /// <summary>A case or spacing of its own makes the rarer name a slip (the later one on a tie); an edit only where it is rare.</summary>
    private static bool IsMisspelling(string label, string name, Dictionary<string, int> counts)
    {
        if (label == name)
        {
            return false;
        }
        if (LabelDistance.IsSpelledAlike(label, name))
        {
            return counts[label] < counts[name] || (counts[label] == counts[name] && string.CompareOrdinal(label, name) > 0);
        }
        return counts[label] * (long)MuchRarer <= counts[name] && LabelDistance.IsNear(label, name);
    }

    private static Dictionary<string, int> Count(IReadOnlyList<SourceRecording> recordings)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var label in recordings.SelectMany(recording => recording.Samples).Select(sample => sample.Label).Where(l => l.Length > 0))
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
        }
        return counts;
    }

    private static string FirstPlace(IReadOnlyList<SourceRecording> recordings, string label)
    {
        var recording = recordings.First(r => r.Samples.Any(sample => sample.Label == label));
        return recording.Place.Of(recording.Samples.First(sample => sample.Label == label).Number);
    }
}
