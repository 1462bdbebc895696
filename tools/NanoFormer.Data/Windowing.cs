namespace NanoFormer.Data;

/// <summary>Cuts labelled windows from recordings.</summary>
public static class Windowing
{
    /// <summary>
    /// Cuts every run of equal labels into windows from its first sample on, so that no window spans a label border, an unlabelled gap or
    /// two recordings. Labels are matched by class name; runs of a class that is not in <paramref name="classNames"/> are left out.
    /// </summary>
    /// <param name="recordings">Recordings of equal channels and rate; those without labels give no windows.</param>
    /// <param name="classNames">The classes of the resulting set.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="hopSamples">Samples between the starts of two windows.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: no recordings, or they differ in channels or rate.</exception>
    public static WindowSet Cut(IReadOnlyList<Recording> recordings, IReadOnlyList<string> classNames, int windowSamples, int hopSamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hopSamples, 1);
        var first = recordings.Count > 0 ? recordings[0] : throw new DataException(DataError.Incompatible, "There are no recordings.");
        var samples = new List<short>();
        var labels = new List<int>();
        var subjects = new List<string>();
        foreach (var recording in recordings)
        {
            RequireSameKind(first, recording);
            foreach (var (start, label) in Starts(recording, classNames, windowSamples, hopSamples))
            {
                var width = recording.Channels.Count;
                samples.AddRange(recording.Samples.AsSpan(start * width, windowSamples * width));
                labels.Add(label);
                subjects.Add(recording.Subject);
            }
        }
        return new WindowSet
        {
            WindowSamples = windowSamples,
            RateHz = first.RateHz,
            Channels = first.Channels,
            ClassNames = classNames,
            Samples = [.. samples],
            Labels = [.. labels],
            Subjects = [.. subjects],
        };
    }

    private static IEnumerable<(int Start, int Label)> Starts(
        Recording recording, IReadOnlyList<string> classNames, int windowSamples, int hopSamples)
    {
        foreach (var (begin, end, label) in LabelRuns(recording.Labels ?? []))
        {
            var target = label == Recording.Unlabelled ? -1 : IndexOf(classNames, recording.ClassNames[label]);
            if (target < 0)
            {
                continue;
            }
            for (int start = begin; start + windowSamples <= end; start += hopSamples)
            {
                yield return (start, target);
            }
        }
    }

    private static IEnumerable<(int Begin, int End, int Label)> LabelRuns(int[] labels)
    {
        int begin = 0;
        for (int i = 1; i <= labels.Length; i++)
        {
            if (i == labels.Length || labels[i] != labels[begin])
            {
                yield return (begin, i, labels[begin]);
                begin = i;
            }
        }
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }

    private static void RequireSameKind(Recording first, Recording other)
    {
        if (other.RateHz != first.RateHz || !other.Channels.SequenceEqual(first.Channels))
        {
            throw new DataException(DataError.Incompatible, $"Recordings {first.Name} and {other.Name} differ in rate or channels.");
        }
    }
}
