using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Inspection;

/// <summary>What a data set holds, by channel, class and subject.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Kind"><c>recordings</c> or <c>windows</c>: what is counted as an item.</param>
/// <param name="RateHz">Samples per second.</param>
/// <param name="Items">Recordings or windows.</param>
/// <param name="Gaps">Places where a source was cut into several recordings.</param>
/// <param name="Samples">Samples in time; those in two windows count twice.</param>
/// <param name="Seconds">Duration of all items.</param>
/// <param name="Shortest">Samples of the shortest item.</param>
/// <param name="Longest">Samples of the longest item.</param>
/// <param name="Channels">By channel.</param>
/// <param name="Labels">By class; the last, if there are such samples, is of those without one.</param>
/// <param name="Subjects">By part and subject.</param>
/// <param name="Warnings">What a trainer will stumble over, a sentence each.</param>
public sealed record DatasetSummary(
    string Name,
    string Kind,
    double RateHz,
    int Items,
    int Gaps,
    long Samples,
    double Seconds,
    int Shortest,
    int Longest,
    IReadOnlyList<ChannelSummary> Channels,
    IReadOnlyList<LabelSummary> Labels,
    IReadOnlyList<SubjectSummary> Subjects,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Summarises recordings.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: there are none, or they differ in kind.</exception>
    public static DatasetSummary Of(string name, IReadOnlyList<Recording> recordings)
    {
        var tally = new DatasetTally(name, "recordings");
        foreach (var recording in recordings)
        {
            tally.Begin(recording);
            tally.Add(recording.Samples, recording.Labels);
            tally.End();
        }

        return tally.Summary();
    }

    /// <summary>Summarises windows, part by part.</summary>
    public static DatasetSummary Of(string name, IReadOnlyDictionary<string, WindowSet> parts)
    {
        var tally = new DatasetTally(name, "windows");
        foreach (var (part, windows) in parts)
        {
            int[] labels = new int[windows.WindowSamples];
            for (int i = 0; i < windows.Count; i++)
            {
                Array.Fill(labels, windows.Labels[i]);
                tally.Begin(new Recording
                {
                    Name = FormattableString.Invariant($"{part}-{i}"),
                    Subject = windows.Subjects[i],
                    Split = part,
                    RateHz = windows.RateHz,
                    Channels = windows.Channels,
                    Samples = [],
                    Labels = [],
                    ClassNames = windows.ClassNames,
                });
                tally.Add(windows.Window(i), labels);
                tally.End();
            }
        }

        return tally.Summary();
    }
}

/// <summary>Counts what a data set holds, recording by recording and sample by sample.</summary>
/// <param name="name">Name of the set.</param>
/// <param name="kind">What an item is: <c>recordings</c> or <c>windows</c>.</param>
public sealed class DatasetTally(string name, string kind) : IRecordingSink
{
    private readonly List<Item> _items = [];
    private ChannelTally[] _channels = [];
    private Recording? _first;
    private Recording? _head;
    private long[] _counts = [];
    private int _samples;

    /// <inheritdoc/>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: it differs from those before it in kind.</exception>
    public void Begin(Recording head)
    {
        if (_first is null)
        {
            _first = head;
            _channels = [.. head.Channels.Select(_ => new ChannelTally())];
        }

        RecordingKind.RequireSame([_first, head]);
        _head = head;
        _counts = new long[head.ClassNames.Count + 1]; // the last is of samples without a label
        _samples = 0;
        foreach (var channel in _channels)
        {
            channel.Cut();
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<short> samples, ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            _channels[i % _channels.Length].Add(samples[i]);
        }

        int count = samples.Length / _channels.Length;
        foreach (int label in labels)
        {
            _counts[label == Recording.Unlabelled ? _counts.Length - 1 : label]++;
        }

        _counts[^1] += count - labels.Length;
        _samples += count;
    }

    /// <inheritdoc/>
    public void End() => _items.Add(new Item(_head!.SourceOrName, _head.Subject, _head.Split, _samples, _counts));

    /// <summary>What was counted.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: nothing was.</exception>
    public DatasetSummary Summary()
    {
        var first = _first ?? throw new DataException(DataError.Incompatible, "There are no recordings.");
        long samples = _items.Sum(item => (long)item.Samples);
        var labels = Labels(first.ClassNames, samples);
        ChannelSummary[] channels = [.. _channels.Zip(first.Channels, (tally, info) => tally.Of(info))];
        return new DatasetSummary(
            name,
            kind,
            first.RateHz,
            _items.Count,
            _items.GroupBy(item => item.Source).Sum(group => group.Count() - 1),
            samples,
            samples / first.RateHz,
            _items.Min(item => item.Samples),
            _items.Max(item => item.Samples),
            channels,
            labels,
            Subjects(),
            [.. DatasetWarnings.Of(channels, labels), .. SplitWarnings.Of([.. _items.Select(item => item.Share(first.ClassNames))])]);
    }

    private LabelSummary[] Labels(IReadOnlyList<string> classNames, long samples) =>
        [.. Enumerable.Range(0, classNames.Count + 1).Select(label =>
        {
            var having = _items.Where(item => item.Counts[label] > 0).ToArray();
            long total = having.Sum(item => item.Counts[label]);
            return new LabelSummary(
                label < classNames.Count ? classNames[label] : "",
                having.Length,
                having.Select(item => item.Subject).Distinct().Count(),
                total,
                samples == 0 ? 0 : (double)total / samples);
        }).Where((summary, label) => label < classNames.Count || summary.Samples > 0)];

    private SubjectSummary[] Subjects() =>
        [.. _items.GroupBy(item => (item.Split, item.Subject))
            .OrderBy(group => group.Key.Split, StringComparer.Ordinal).ThenBy(group => group.Key.Subject, StringComparer.Ordinal)
            .Select(group => new SubjectSummary(
                group.Key.Subject,
                group.Key.Split,
                group.Count(),
                group.Sum(item => (long)item.Samples),
                [.. group.Select(item => item.Counts).Aggregate((sum, next) => [.. sum.Zip(next, (a, b) => a + b)])]))];

    private sealed record Item(string Source, string Subject, string Split, int Samples, long[] Counts)
    {
        public SplitShare Share(IReadOnlyList<string> classNames) =>
            new(Split, Subject, [.. classNames.Where((_, label) => Counts[label] > 0)]);
    }
}

/// <summary>How much there is of one class.</summary>
/// <param name="Name">Name of the class; empty for samples without one.</param>
/// <param name="Items">Recordings, or windows, that have some of it.</param>
/// <param name="Subjects">Subjects that have some of it.</param>
/// <param name="Samples">Samples in time.</param>
/// <param name="Share">Of all samples.</param>
public sealed record LabelSummary(string Name, int Items, int Subjects, long Samples, double Share);

/// <summary>How much there is of one subject in one part.</summary>
/// <param name="Name">The subject; empty when unknown.</param>
/// <param name="Split">The part; empty before a split.</param>
/// <param name="Items">Recordings, or windows.</param>
/// <param name="Samples">Samples in time.</param>
/// <param name="SamplesByLabel">Of each class; the last number is of samples without one.</param>
public sealed record SubjectSummary(string Name, string Split, int Items, long Samples, IReadOnlyList<long> SamplesByLabel);
