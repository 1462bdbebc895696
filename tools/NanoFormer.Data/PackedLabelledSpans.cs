using System.Text.Json;

namespace NanoFormer.Data;

/// <summary>
/// Reads a signal file cut into spans of one label each: <c>recordings</c> of flights or bearings, <c>runs</c> of a machine at set speeds.
/// </summary>
internal static class PackedLabelledSpans
{
    /// <summary>
    /// The subject is the number of the flight, which several sensors record and each class counts from its start; or the load, <c>load_HP</c>.
    /// </summary>
    public static IReadOnlyList<Recording> ReadRecordings(PackedFolder folder, JsonElement list)
    {
        var classNames = folder.Header.Labels.Names;
        var spans = folder.Parse<PackedRecording[]>(list).Select(recording =>
        {
            int label = LabelOf(folder, recording.Label);
            string subject = SubjectOf(folder, recording);
            string name = recording.Imu is { } imu
                ? Invariant($"{classNames[label]}-{subject}-imu-{imu}")
                : $"{classNames[label]}-{subject}";
            return new LabelledSpan(name, subject, label, recording.Offset, recording.Samples, recording.Scale);
        });
        return Read(folder, classNames, spans);
    }

    /// <summary>
    /// The class is the configuration of the machine, by the word before the colon of its description; the subject is its speed, as
    /// <c>speed_PERCENT</c>.
    /// </summary>
    public static IReadOnlyList<Recording> ReadRuns(PackedFolder folder, JsonElement list)
    {
        string[] classNames = folder.Header.Labels.Names.Select(name => name.Split(':')[0].Trim()).ToArray();
        var spans = folder.Parse<PackedRun[]>(list).Select(run =>
        {
            int label = LabelOf(folder, run.Configuration);
            string subject = Invariant($"speed_{run.SpeedPercent}");
            return new LabelledSpan($"{classNames[label]}-{subject}", subject, label, run.Offset, run.Samples, Scale: null);
        });
        return Read(folder, classNames, spans);
    }

    private static Recording[] Read(PackedFolder folder, IReadOnlyList<string> classNames, IEnumerable<LabelledSpan> spans)
    {
        short[] samples = folder.ReadInt16("signal");
        return [.. spans.Select(span => new Recording
        {
            Name = span.Name,
            Subject = span.Subject,
            RateHz = folder.Header.RateHz,
            Channels = folder.ChannelInfos(span.Scale),
            Samples = PackedRecordings.Slice(folder, "signal", samples, span.Offset, span.Samples, folder.Header.Channels.Length),
            Labels = [.. Enumerable.Repeat(span.Label, span.Samples)],
            ClassNames = classNames,
        })];
    }

    private static string SubjectOf(PackedFolder folder, PackedRecording recording) => recording switch
    {
        { Path: { } path } => Invariant($"{path}"),
        { LoadHorsepower: { } load } => Invariant($"load_{load}"),
        _ => throw folder.BadHeader(Invariant($"the recording at sample {recording.Offset} needs 'path' or 'load_hp'")),
    };

    private static int LabelOf(PackedFolder folder, int number) =>
        folder.Header.Labels.IndexOfNumber.TryGetValue(number, out int index)
            ? index
            : throw folder.BadHeader(Invariant($"no class has the number {number}"));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private sealed record LabelledSpan(string Name, string Subject, int Label, int Offset, int Samples, double? Scale);
}
