using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Inspection;

/// <summary>What a data set holds, by channel, class and subject.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Kind"><c>recordings</c> or <c>windows</c>: what is counted as an item.</param>
/// <param name="RateHz">Samples a second.</param>
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
    public static DatasetSummary Of(string name, IReadOnlyList<Recording> recordings) => Of(name, "recordings", recordings);

    /// <summary>Summarises windows, part by part.</summary>
    public static DatasetSummary Of(string name, IReadOnlyDictionary<string, WindowSet> parts) => Of(name, "windows",
        [.. parts.SelectMany(part => Enumerable.Range(0, part.Value.Count).Select(i => ToRecording(part.Key, part.Value, i)))]);

    private static DatasetSummary Of(string name, string kind, IReadOnlyList<Recording> items)
    {
        RecordingKind.RequireSame(items);
        var samples = items.Sum(item => (long)item.SampleCount);
        var labels = LabelsOf(items, samples);
        var channels = Enumerable.Range(0, items[0].Channels.Count).Select(channel => ChannelSummary.Of(items, channel)).ToArray();
        return new DatasetSummary(
            name,
            kind,
            items[0].RateHz,
            items.Count,
            items.GroupBy(item => item.SourceOrName).Sum(group => group.Count() - 1),
            samples,
            samples / items[0].RateHz,
            items.Min(item => item.SampleCount),
            items.Max(item => item.SampleCount),
            channels,
            labels,
            SubjectsOf(items),
            [.. DatasetWarnings.Of(channels, labels), .. items.Any(item => item.Split.Length > 0) ? SplitWarnings.Of(items) : []]);
    }

    private static Recording ToRecording(string part, WindowSet windows, int index) => new()
    {
        Name = FormattableString.Invariant($"{part}-{index}"),
        Subject = windows.Subjects[index],
        Split = part,
        RateHz = windows.RateHz,
        Channels = windows.Channels,
        Samples = windows.Window(index).ToArray(),
        Labels = [.. Enumerable.Repeat(windows.Labels[index], windows.WindowSamples)],
        ClassNames = windows.ClassNames,
    };

    private static LabelSummary[] LabelsOf(IReadOnlyList<Recording> items, long samples)
    {
        var classes = items[0].ClassNames.Count;
        var counts = items.Select(item => (item.Subject, Counts: CountLabels(item))).ToArray();
        return [.. Enumerable.Range(0, classes + 1).Select(label =>
        {
            var having = counts.Where(item => item.Counts[label] > 0).ToArray();
            var total = having.Sum(item => item.Counts[label]);
            return new LabelSummary(
                label < classes ? items[0].ClassNames[label] : "",
                having.Length,
                having.Select(item => item.Subject).Distinct().Count(),
                total,
                samples == 0 ? 0 : (double)total / samples);
        }).Where((summary, label) => label < classes || summary.Samples > 0)];
    }

    private static SubjectSummary[] SubjectsOf(IReadOnlyList<Recording> items) =>
        [.. items.GroupBy(item => (item.Split, item.Subject))
            .OrderBy(group => group.Key.Split, StringComparer.Ordinal).ThenBy(group => group.Key.Subject, StringComparer.Ordinal)
            .Select(group => new SubjectSummary(
                group.Key.Subject,
                group.Key.Split,
                group.Count(),
                group.Sum(item => (long)item.SampleCount),
                [.. group.Select(CountLabels).Aggregate((sum, next) => [.. sum.Zip(next, (a, b) => a + b)])]))];

    /// <summary>Samples of each class, and at the end those without one.</summary>
    private static long[] CountLabels(Recording item)
    {
        var counts = new long[item.ClassNames.Count + 1];
        if (item.Labels is null)
        {
            counts[^1] = item.SampleCount;
            return counts;
        }
        foreach (var label in item.Labels)
        {
            counts[label == Recording.Unlabelled ? counts.Length - 1 : label]++;
        }
        return counts;
    }
}
