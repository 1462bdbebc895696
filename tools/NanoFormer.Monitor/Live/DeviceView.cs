using NanoFormer.Board;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Live;

/// <summary>What a device does, as far as its latest record tells.</summary>
public enum DevicePhase
{
    /// <summary>Nothing but heads so far.</summary>
    Starting,

    /// <summary>Samples come in, windows are recognised.</summary>
    Capturing,

    /// <summary>It logs samples for training.</summary>
    Collecting,

    /// <summary>It waits for motion, a timer or a switch.</summary>
    Asleep,
}

/// <summary>A window's answer, as a trace shows it.</summary>
/// <param name="TimeMilliseconds">Device time.</param>
/// <param name="Label">The answer.</param>
/// <param name="Confidence">0..255.</param>
/// <param name="Score">0..255; -1 without one.</param>
/// <param name="LatencyMicroseconds">Duration of the run.</param>
/// <param name="Boot">Number of the device's boot.</param>
public readonly record struct Answer(long TimeMilliseconds, string Label, int Confidence, int Score, long LatencyMicroseconds, int Boot);

/// <summary>All counts of a boot, so that one that is in the log twice can be left out.</summary>
public sealed class BootCounts
{
    /// <summary>Windows by label.</summary>
    public SortedDictionary<string, long> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>Wakes by cause.</summary>
    public SortedDictionary<string, long> Wakes { get; } = new(StringComparer.Ordinal);

    /// <summary>Windows recognised.</summary>
    public long Windows { get; internal set; }

    /// <summary>Gaps, the samples missing in them, and their length.</summary>
    public (long Count, long Samples, long Milliseconds) Gaps { get; internal set; }

    /// <summary>Milliseconds in each state, by the device's sleep records.</summary>
    public (long Run, long Capture, long Sleep, long Deep) Times { get; internal set; }

    /// <summary>Errors the device reported.</summary>
    public long Errors { get; internal set; }

    /// <summary>Samples collected.</summary>
    public long Samples { get; internal set; }

    /// <summary>Sum and largest of the runs' durations in microseconds.</summary>
    public (long Sum, long Max) Latency { get; internal set; }

    internal void Add(BootCounts other)
    {
        foreach (var (label, count) in other.Labels)
        {
            Labels[label] = Labels.GetValueOrDefault(label) + count;
        }

        foreach (var (cause, count) in other.Wakes)
        {
            Wakes[cause] = Wakes.GetValueOrDefault(cause) + count;
        }

        Windows += other.Windows;
        Gaps = (Gaps.Count + other.Gaps.Count, Gaps.Samples + other.Gaps.Samples, Gaps.Milliseconds + other.Gaps.Milliseconds);
        Times = (Times.Run + other.Times.Run, Times.Capture + other.Times.Capture, Times.Sleep + other.Times.Sleep, Times.Deep + other.Times.Deep);
        Errors += other.Errors;
        Samples += other.Samples;
        Latency = (Latency.Sum + other.Latency.Sum, Math.Max(Latency.Max, other.Latency.Max));
    }
}

/// <summary>A device as a technician sees it: what it does now, and what it did.</summary>
/// <param name="device">The device.</param>
/// <param name="name">Its name, unlike any other of the session.</param>
public sealed class DeviceView(Device device, string name)
{
    private const int AnswersKept = 2000;
    private const int SpansKept = 500;

    private readonly Dictionary<Boot, BootCounts> _counts = [];
    private readonly Queue<Answer> _answers = new();
    private readonly List<LabelSpan> _spans = [];
    private BootCounts? _current;
    private Boot? _boot;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Firmware, model, boots.</summary>
    public Device Device { get; } = device;

    /// <summary>What it does.</summary>
    public DevicePhase Phase { get; private set; }

    /// <summary>The answer in force; null before the first.</summary>
    public Answer? Latest { get; private set; }

    /// <summary>Device time of the latest record in milliseconds.</summary>
    public long TimeMilliseconds { get; private set; }

    /// <summary>When the latest record arrived.</summary>
    public DateTime ArrivedAt { get; private set; }

    /// <summary>Priority in force: <c>notice</c>, <c>warning</c> or <c>alarm</c>; null without one.</summary>
    public string? Priority { get; private set; }

    /// <summary>Whether somebody is called for.</summary>
    public bool IsAlarmed => Priority is "warning" or "alarm";

    /// <summary><c>self_test</c> and <c>sensor</c> of the latest boot; null before it.</summary>
    public (string? SelfTest, string? Sensor) Health { get; private set; }

    /// <summary>How its model compares with the image; null when none is known.</summary>
    public string? ModelCheck { get; internal set; }

    /// <summary>Records of it.</summary>
    public long Records { get; private set; }

    /// <summary>The latest answers, oldest first.</summary>
    public IReadOnlyCollection<Answer> Answers => _answers;

    /// <summary>The latest stretches of one label, oldest first.</summary>
    public IReadOnlyList<LabelSpan> Spans => _spans;

    /// <summary>Records that are missing, boots that repeat others left out.</summary>
    public long Lost => Device.Boots.Where(boot => boot.RepeatOf is null).Sum(boot => boot.Lost);

    /// <summary>The counts over all boots, except those that repeat another.</summary>
    public BootCounts Totals()
    {
        var totals = new BootCounts();
        foreach (var (_, counts) in _counts.Where(entry => entry.Key.RepeatOf is null))
        {
            totals.Add(counts);
        }

        return totals;
    }

    /// <summary>Takes a record of the device.</summary>
    internal void Take(scoped in LogRecord record, Boot boot)
    {
        if (boot != _boot)
        {
            if (!_counts.TryGetValue(boot, out _current))
            {
                _counts.Add(boot, _current = new BootCounts());
                Priority = null; // a wake from deep sleep is no boot of its own: the device goes on with its alarm
            }

            _boot = boot;
        }

        var counts = _current!;
        Records++;
        ArrivedAt = DateTime.UtcNow;
        TimeMilliseconds = record.TimeMilliseconds;
        switch (record.Kind)
        {
            case RecordKind.Infer:
                TakeAnswer(record, boot, counts);
                break;
            case RecordKind.Wake:
                Phase = DevicePhase.Capturing;
                Count(counts.Wakes, record.String("cause"u8) ?? "unknown");
                break;
            case RecordKind.Sleep:
                Phase = DevicePhase.Asleep;
                counts.Times = (counts.Times.Run + record.Number("run_ms"u8), counts.Times.Capture + record.Number("capture_ms"u8),
                    counts.Times.Sleep + record.Number("sleep_ms"u8), counts.Times.Deep + record.Number("deep_ms"u8));
                break;
            case RecordKind.Gap:
                counts.Gaps = (counts.Gaps.Count + 1, counts.Gaps.Samples + record.Number("lost"u8), counts.Gaps.Milliseconds + record.Number("ms"u8));
                break;
            case RecordKind.Error:
                counts.Errors++;
                break;
            case RecordKind.Alarm:
                Priority = PriorityOf(record);
                break;
            case RecordKind.Boot:
                Health = (record.String("self_test"u8), record.String("sensor"u8));
                break;
            case RecordKind.Collect:
                Phase = DevicePhase.Collecting;
                break;
            case RecordKind.Collected:
                counts.Samples += record.Number("samples"u8);
                break;
        }
    }

    /// <summary>The priority of an alarm's record; older firmware writes its state alone.</summary>
    private static string? PriorityOf(LogRecord record)
    {
        string? priority = record.String("priority"u8) ?? (record.String("state"u8) == "raised" ? "alarm" : null);
        return priority is "notice" or "warning" or "alarm" ? priority : null;
    }

    private void TakeAnswer(LogRecord record, Boot boot, BootCounts counts)
    {
        Phase = DevicePhase.Capturing;
        record.TryGet("label"u8, out var bytes);
        long latency = record.Number("latency_us"u8);
        string label = Latest is { } last && last.Label.Length == bytes.Length && System.Text.Ascii.Equals(last.Label, bytes)
            ? last.Label
            : System.Text.Encoding.ASCII.GetString(bytes);
        var answer = new Answer(record.TimeMilliseconds, label, (int)record.Number("conf"u8), (int)record.Number("score"u8, -1), latency, boot.Number);
        Latest = answer;
        counts.Windows++;
        counts.Latency = (counts.Latency.Sum + latency, Math.Max(counts.Latency.Max, latency));
        Count(counts.Labels, label);
        if (_answers.Count == AnswersKept)
        {
            _answers.Dequeue();
        }

        _answers.Enqueue(answer);
        if (_spans.Count > 0 && _spans[^1] is var span && span.Label == label && span.Boot == answer.Boot)
        {
            _spans[^1] = span with { To = answer.TimeMilliseconds, Windows = span.Windows + 1 };
            return;
        }

        if (_spans.Count == SpansKept)
        {
            _spans.RemoveAt(0);
        }

        _spans.Add(new LabelSpan(label, answer.TimeMilliseconds, answer.TimeMilliseconds, 1, answer.Boot));
    }

    private static void Count(SortedDictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}

/// <summary>A stretch of one label.</summary>
/// <param name="Label">The label.</param>
/// <param name="From">Device time of its first window in milliseconds.</param>
/// <param name="To">Device time of its last window in milliseconds.</param>
/// <param name="Windows">How many windows.</param>
/// <param name="Boot">Number of the boot.</param>
public readonly record struct LabelSpan(string Label, long From, long To, long Windows, int Boot);

/// <summary>What a device's charge comes to, estimated from its own account of time and published currents.</summary>
/// <param name="MilliampHours">Charge over the time that its sleep records cover.</param>
/// <param name="Milliamps">Mean current.</param>
/// <param name="BatteryDays">Days on the board's battery at that mean.</param>
public sealed record PowerEstimate(double MilliampHours, double Milliamps, double BatteryDays)
{
    /// <summary>The estimate for counts of a device on a board; null when it has not yet accounted for its time.</summary>
    public static PowerEstimate? Of(BootCounts counts, BoardProfile board)
    {
        var (run, capture, sleep, deep) = counts.Times;
        long awake = run + capture;
        long asleep = sleep + deep;
        if (awake + asleep == 0)
        {
            return null;
        }

        double charge = MilliampHoursOf(board.Milliamps(McuState.Run), run) + MilliampHoursOf(board.Milliamps(McuState.LightSleep), capture)
            + MilliampHoursOf(board.Milliamps(McuState.DeepSleep), asleep)
            + MilliampHoursOf(board.Milliamps(SensorPowerMode.AccelAndGyro), awake)
            + MilliampHoursOf(board.Milliamps(SensorPowerMode.Cycle5Hz), asleep);
        double mean = charge / ((awake + asleep) / 3.6e6);
        return new PowerEstimate(charge, mean, board.BatteryDays(mean));
    }

    private static double MilliampHoursOf(double milliamps, long milliseconds) => BoardProfile.MilliampHours(milliamps, milliseconds * 1000.0);
}
