using System.Text.Json;
using NanoFormer.Monitor;
using NanoFormer.Monitor.Live;

namespace NanoFormer.Cli.Monitor;

/// <summary>What a session came to; the form of <c>--json</c>.</summary>
internal sealed record MonitorSummary(
    long Bytes, long Lines, long Records, long? Alerts, IReadOnlyList<DeviceSummary> Devices, IReadOnlyList<FindingSummary> Findings)
{
    public static MonitorSummary Of(LiveSession live, SourceReader reader, long? alerts) => new(
        reader.Bytes, reader.Lines, live.Records, alerts,
        [.. live.Devices.Select(view => DeviceSummary.Of(view, live))],
        [.. live.Groups.Select(FindingSummary.Of)]);
}

/// <summary>A device's session.</summary>
internal sealed record DeviceSummary(
    string Device, string? Firmware, string? Clr, string? Engine, string? Model, string? ModelCrc, string? ModelCheck, string? SelfTest, string? Sensor,
    int Boots, long Records, long LostRecords, long Windows, IReadOnlyDictionary<string, long> WindowsByLabel,
    IReadOnlyDictionary<string, long> WakesByCause, long Gaps, long GapSamples, long GapMs, long CollectedSamples, long Errors,
    long RunMs, long CaptureMs, long SleepMs, long DeepMs, double? LatencyMeanUs, long LatencyMaxUs,
    double? EstimatedMilliamps, double? EstimatedBatteryDays)
{
    public static DeviceSummary Of(DeviceView view, LiveSession live)
    {
        var totals = view.Totals();
        var power = live.Board is { } board ? PowerEstimate.Of(totals, board) : null;
        var device = view.Device;
        return new DeviceSummary(
            view.Name, device.Firmware, device.Clr, device.Engine, device.Model, device.ModelCrc, view.ModelCheck, view.Health.SelfTest, view.Health.Sensor,
            device.Boots.Count(boot => boot.RepeatOf is null), device.Boots.Where(boot => boot.RepeatOf is null).Sum(boot => boot.Records), view.Lost,
            totals.Windows, totals.Labels, totals.Wakes, totals.Gaps.Count, totals.Gaps.Samples, totals.Gaps.Milliseconds, totals.Samples, totals.Errors,
            totals.Times.Run, totals.Times.Capture, totals.Times.Sleep, totals.Times.Deep,
            totals.Windows == 0 ? null : (double)totals.Latency.Sum / totals.Windows, totals.Latency.Max, power?.Milliamps, power?.BatteryDays);
    }
}

/// <summary>Findings of one kind with one remedy.</summary>
internal sealed record FindingSummary(string Kind, string Weight, long Count, string Example, string? Remedy)
{
    public static FindingSummary Of(FindingGroup group) => new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(group.First.Kind.ToString()), group.First.Weight.ToString().ToLowerInvariant(),
        group.Count, group.First.Text, group.First.Remedy);
}
