namespace NanoFormer.Data;

/// <summary>Equally long labelled windows: what models are trained and judged on.</summary>
public sealed class WindowSet
{
    /// <summary>Samples in a window.</summary>
    public required int WindowSamples { get; init; }

    /// <summary>Samples per second.</summary>
    public required double RateHz { get; init; }

    /// <summary>The columns of a sample.</summary>
    public required IReadOnlyList<ChannelInfo> Channels { get; init; }

    /// <summary>The classes the labels point at.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>int16 <c>[Count][WindowSamples][Channels.Count]</c>, row-major, in steps of each channel's scale.</summary>
    public required short[] Samples { get; init; }

    /// <summary>An index into <see cref="ClassNames"/> for each window.</summary>
    public required int[] Labels { get; init; }

    /// <summary>An index into <see cref="ClassNames"/> for each sample of each window; null for windows of one label.</summary>
    public int[]? SampleLabels { get; init; }

    /// <summary>
    /// Where a window speaks for samples of the recording it was made of, their labels; null where it speaks for itself alone.
    /// </summary>
    public int[][]? Spoken { get; private init; }

    /// <summary>The subject of each window.</summary>
    public required string[] Subjects { get; init; }

    /// <summary>Windows in the set.</summary>
    public int Count => Labels.Length;

    /// <summary>int16 values in one window.</summary>
    public int WindowValues => WindowSamples * Channels.Count;

    /// <summary>The values of one window, <c>[WindowSamples][Channels.Count]</c>.</summary>
    public ReadOnlySpan<short> Window(int index) => Samples.AsSpan(index * WindowValues, WindowValues);

    /// <summary>The windows for which <paramref name="keep"/> holds, in order.</summary>
    public WindowSet Where(Func<int, bool> keep) => Take([.. Enumerable.Range(0, Count).Where(keep)]);

    /// <summary>The windows of these indices, in this order.</summary>
    public WindowSet Take(IReadOnlyList<int> indices)
    {
        int[]? sampleLabels = SampleLabels is null
            ? null
            : [.. indices.SelectMany(i => SampleLabels[(i * WindowSamples)..((i + 1) * WindowSamples)])];
        short[] samples = new short[indices.Count * WindowValues];
        for (int i = 0; i < indices.Count; i++)
        {
            Window(indices[i]).CopyTo(samples.AsSpan(i * WindowValues));
        }

        return With(samples, [.. indices.Select(i => Labels[i])], sampleLabels, [.. indices.Select(i => Subjects[i])],
            Spoken is null ? null : [.. indices.Select(i => Spoken[i])]);
    }

    /// <summary>The same windows, each speaking for samples with these labels.</summary>
    public WindowSet SpeakingFor(int[][] labels) => With(Samples, Labels, SampleLabels, Subjects, labels);

    /// <summary>The same windows with other values, as many.</summary>
    public WindowSet WithSamples(short[] samples) => With(samples, Labels, SampleLabels, Subjects, Spoken);

    /// <summary>Parts the set by subject: windows of <paramref name="subjects"/> are held out, the others kept.</summary>
    public (WindowSet Kept, WindowSet HeldOut) SplitBySubject(IEnumerable<string> subjects)
    {
        var held = subjects.ToHashSet(StringComparer.Ordinal);
        return (Where(i => !held.Contains(Subjects[i])), Where(i => held.Contains(Subjects[i])));
    }

    /// <summary>This set followed by another of the same shape, rate, channels and classes.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/> when the two do not match.</exception>
    public WindowSet Concat(WindowSet other)
    {
        if (other.WindowSamples != WindowSamples || other.RateHz != RateHz
            || !other.Channels.SequenceEqual(Channels) || !other.ClassNames.SequenceEqual(ClassNames)
            || (other.SampleLabels is null) != (SampleLabels is null) || (other.Spoken is null) != (Spoken is null))
        {
            throw new DataException(DataError.Incompatible, "The two sets of windows differ in window, rate, channels or classes.");
        }

        int[]? sampleLabels = SampleLabels is null ? null : [.. SampleLabels, .. other.SampleLabels!];
        return With([.. Samples, .. other.Samples], [.. Labels, .. other.Labels], sampleLabels, [.. Subjects, .. other.Subjects],
            Spoken is null ? null : [.. Spoken, .. other.Spoken!]);
    }

    private WindowSet With(short[] samples, int[] labels, int[]? sampleLabels, string[] subjects, int[][]? spoken) => new()
    {
        WindowSamples = WindowSamples,
        RateHz = RateHz,
        Channels = Channels,
        ClassNames = ClassNames,
        Samples = samples,
        Labels = labels,
        SampleLabels = sampleLabels,
        Spoken = spoken,
        Subjects = subjects,
    };
}
