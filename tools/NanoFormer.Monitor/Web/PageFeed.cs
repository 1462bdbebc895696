using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Monitor.Web;

/// <summary>What one page has been sent, and so what it needs next.</summary>
internal sealed class PageFeed(LiveSession live, ReplaySource? replay)
{
    private readonly Dictionary<DeviceView, (long Records, Answer? Latest)> _sent = [];
    private long _finding;
    private bool _isFirst = true;
    private (bool Ended, bool Paused, double Speed, double Done) _state;

    /// <summary>The next update; null when nothing changed.</summary>
    public PageUpdate? Next()
    {
        lock (live.Lock)
        {
            var changed = live.Devices.Where(view => !_sent.TryGetValue(view, out var sent) || sent.Records != view.Records).ToArray();
            var state = (live.IsEnded, replay?.IsPaused == true, replay?.Speed ?? 0, replay?.Done ?? 0);
            if (changed.Length == 0 && live.LastFinding == _finding && state == _state && !_isFirst)
            {
                return null;
            }

            var findings = live.Findings.SkipWhile(entry => entry.Number <= _finding)
                .Select(entry => new PageFinding(entry.Number, entry.Finding.Kind.ToString(), entry.Finding.Weight.ToString().ToLowerInvariant(),
                    entry.Finding.Line, entry.Finding.Text, entry.Finding.Remedy)).ToArray();
            var update = new PageUpdate(_isFirst, live.Records, live.IsEnded,
                replay is null ? null : new PageReplay(replay.Name, replay.IsPaused, replay.Speed, replay.Done),
                [.. changed.Select(Describe)], findings);
            _finding = live.LastFinding;
            _isFirst = false;
            _state = state;
            return update;
        }
    }

    private PageDevice Describe(DeviceView view)
    {
        var known = _sent.GetValueOrDefault(view).Latest;
        // Answers since the last that was sent; all that are kept when it is no longer among them.
        var answers = view.Answers.Reverse().TakeWhile(answer => known is null || answer != known).Reverse().Select(
            answer => new PageAnswer(answer.TimeMilliseconds, answer.Label, answer.Confidence, answer.Score < 0 ? null : answer.Score,
                answer.LatencyMicroseconds, answer.Boot)).ToArray();
        _sent[view] = (view.Records, view.Latest);
        var totals = view.Totals();
        var power = live.Board is { } board ? PowerEstimate.Of(totals, board) : null;
        return new PageDevice(
            view.Name, view.Priority ?? view.Phase.ToString().ToLowerInvariant(), view.TimeMilliseconds, view.Device.Firmware, view.Device.Model,
            view.Device.ModelCrc, view.ModelCheck, view.Health.SelfTest, view.Health.Sensor, view.Device.Boots.Count, view.Records, view.Lost,
            totals.Windows, totals.Labels, totals.Wakes.Values.Sum(), totals.Gaps.Samples, totals.Errors,
            power?.Milliamps, power?.BatteryDays, answers);
    }
}

/// <summary>An update of the page; the first one holds everything.</summary>
internal sealed record PageUpdate(
    bool IsFirst, long Records, bool IsEnded, PageReplay? Replay, IReadOnlyList<PageDevice> Devices, IReadOnlyList<PageFinding> Findings);

/// <summary>The state of a replay.</summary>
internal sealed record PageReplay(string Name, bool IsPaused, double Speed, double Done);

/// <summary>A device, and its answers since the update before.</summary>
internal sealed record PageDevice(
    string Name, string Phase, long TimeMs, string? Firmware, string? Model, string? ModelCrc, string? ModelCheck, string? SelfTest, string? Sensor,
    int Boots, long Records, long Lost, long Windows, IReadOnlyDictionary<string, long> Labels, long Wakes, long GapSamples, long Errors,
    double? EstimatedMilliamps, double? EstimatedBatteryDays, IReadOnlyList<PageAnswer> Answers);

/// <summary>A window's answer: time, label, confidence, score, latency, boot.</summary>
internal sealed record PageAnswer(long T, string L, int C, int? S, long U, int B);

/// <summary>Something found.</summary>
internal sealed record PageFinding(long Number, string Kind, string Weight, long Line, string Text, string? Remedy);
