namespace NanoFormer.Data;

/// <summary>Cuts windows from recordings as a device meets them: one every hop from the first sample on, whatever the labels do.</summary>
public static class StreamWindowing
{
    /// <summary>
    /// Windows with a label for each sample; that of a window is its last sample's. Samples without a label, or of a class that is not
    /// listed, are of the class <paramref name="unknownClass"/>.
    /// </summary>
    /// <param name="recordings">Recordings of equal channels and rate.</param>
    /// <param name="classNames">The classes, <paramref name="unknownClass"/> among them.</param>
    /// <param name="unknownClass">Name of the class of all that has none.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="hopSamples">Samples between the starts of two windows.</param>
    /// <exception cref="DataException">
    /// <see cref="DataError.Incompatible"/>: no recordings, recordings that differ in channels or rate, or no such class.
    /// </exception>
    public static WindowSet Cut(
        IReadOnlyList<Recording> recordings, IReadOnlyList<string> classNames, string unknownClass, int windowSamples, int hopSamples)
    {
        var first = recordings.Count > 0 ? recordings[0] : throw new DataException(DataError.Incompatible, "There are no recordings.");
        var known = classNames.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        if (!known.TryGetValue(unknownClass, out int unknown))
        {
            throw new DataException(DataError.Incompatible, $"The class '{unknownClass}' is not among the classes.");
        }

        List<short> samples = [];
        List<int> labels = [];
        List<string> subjects = [];
        foreach (var recording in recordings)
        {
            Windowing.RequireSameKind(first, recording);
            int[] target = [.. recording.ClassNames.Select(name => known.GetValueOrDefault(name, unknown))];
            for (int start = 0; start + windowSamples <= recording.SampleCount; start += hopSamples)
            {
                samples.AddRange(recording.Samples.AsSpan(start * first.Channels.Count, windowSamples * first.Channels.Count));
                labels.AddRange(Enumerable.Range(start, windowSamples).Select(i => LabelOf(recording, i)));
                subjects.Add(recording.Subject);
            }

            int LabelOf(Recording recording, int sample) =>
                recording.Labels?[sample] is int label and not Recording.Unlabelled ? target[label] : unknown;
        }

        return new WindowSet
        {
            WindowSamples = windowSamples,
            RateHz = first.RateHz,
            Channels = first.Channels,
            ClassNames = classNames,
            Samples = [.. samples],
            Labels = [.. subjects.Select((_, i) => labels[(i + 1) * windowSamples - 1])],
            SampleLabels = [.. labels],
            Subjects = [.. subjects],
        };
    }
}
