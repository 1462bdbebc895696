namespace NanoFormer.Data.Preparation;

/// <summary>Where the windows of one recording are cut, and how many places were left out.</summary>
internal sealed class WindowPlaces
{
    private readonly List<(int Start, int Label)> _found = [];

    /// <summary>First sample and class of each window.</summary>
    public IReadOnlyList<(int Start, int Label)> Found => _found;

    /// <summary>Places where too few samples share a label.</summary>
    public int Transitions { get; private set; }

    /// <summary>Places without a label.</summary>
    public int Unlabelled { get; private set; }

    /// <summary>Stretches shorter than a window.</summary>
    public int TooShort { get; private set; }

    /// <summary>Finds the places; labels become indices into <paramref name="classNames"/>.</summary>
    public static WindowPlaces Find(Recording recording, IReadOnlyList<string> classNames, WindowingOptions options)
    {
        int[] target = recording.ClassNames.Select(name => IndexOf(classNames, name)).ToArray();
        int[] labels = recording.Labels is null
            ? [.. Enumerable.Repeat(Recording.Unlabelled, recording.SampleCount)]
            : [.. recording.Labels.Select(label => label == Recording.Unlabelled ? Recording.Unlabelled : target[label])];
        var places = new WindowPlaces();
        if (options.Majority is { } share)
        {
            places.AddMajority(labels, options, share);
        }
        else
        {
            places.AddRuns(labels, options);
        }

        return places;
    }

    private void AddRuns(int[] labels, WindowingOptions options)
    {
        foreach (var run in LabelRun.Of(labels))
        {
            TooShort += run.Label != Recording.Unlabelled && run.End - run.Begin < options.WindowSamples ? 1 : 0;
            for (int start = run.Begin; start + options.WindowSamples <= run.End; start += options.HopSamples)
            {
                if (run.Label == Recording.Unlabelled)
                {
                    Unlabelled++;
                }
                else
                {
                    _found.Add((start, run.Label));
                }
            }
        }
    }

    private void AddMajority(int[] labels, WindowingOptions options, double share)
    {
        TooShort += labels.Length < options.WindowSamples ? 1 : 0;
        for (int start = 0; start + options.WindowSamples <= labels.Length; start += options.HopSamples)
        {
            var (label, count) = labels.AsSpan(start, options.WindowSamples).ToArray().CountBy(l => l).MaxBy(pair => pair.Value);
            if (count < share * options.WindowSamples)
            {
                Transitions++;
            }
            else if (label == Recording.Unlabelled)
            {
                Unlabelled++;
            }
            else
            {
                _found.Add((start, label));
            }
        }
    }

    private static int IndexOf(IReadOnlyList<string> names, string name) =>
        names.Index().FirstOrDefault(pair => string.Equals(pair.Item, name, StringComparison.Ordinal), (Index: -1, Item: "")).Index;
}
