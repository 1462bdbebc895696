namespace NanoFormer.Logs;

/// <summary>Receives a record that has found its boot.</summary>
internal delegate void PlacedHandler(scoped in LogRecord record, Boot boot);

/// <summary>
/// Gives every record to the boot it continues, by <c>seq</c>, <c>t_ms</c>, the head's device and the port of its line. A record that
/// continues nothing waits until another confirms it: a checksum of 16 bits alone is right by chance too often.
/// </summary>
/// <param name="placed">Gets each record with its boot, in the order of the source.</param>
/// <param name="found">Gets what is found.</param>
internal sealed class BootTracker(PlacedHandler placed, Action<Finding> found)
{
    private const int CountModulus = 1 << 16;
    private const int FurthestWrap = 1024;
    private const long DeepSleepSlack = 16;
    private const long FurthestAhead = 10_000_000;
    private const int LiveAtMost = 16;
    private const int SupersededUntil = 500;
    private const int HeldAtMost = 16;
    private const int ConfirmedWithin = 16;
    private const long SameMoment = 5000;
    private const int BootsCompared = 256;
    private const int ShortestRepeat = 8;

    private readonly List<Device> _devices = [];
    private readonly Queue<Boot> _closed = new();
    private readonly Dictionary<string, Lane> _lanes = [];
    private Lane? _latest;
    private string? _latestPort;

    /// <summary>The devices, in the order in which they spoke.</summary>
    public IReadOnlyList<Device> Devices => _devices;

    /// <summary>Whether a record would be a place's next, or would fill a hole: what a record put together by trial must do.</summary>
    public bool Expects(LogRecord record, string? port)
    {
        var lane = LaneOf(port);
        if (lane.Live.Count == 0)
        {
            return true;
        }

        foreach (var boot in lane.Live)
        {
            if (Sequence(boot, record) is { } sequence && sequence - boot.LastSequence <= ConfirmedWithin)
            {
                return true;
            }
        }

        return record.Kind == RecordKind.Head && record.Sequence == 0;
    }

    /// <summary>Takes a record.</summary>
    public void Place(scoped in LogRecord record, string? port)
    {
        var lane = LaneOf(port);
        if (lane.Live.Count == 1 && lane.Live[0] is var only && record.Sequence + only.Offset == only.LastSequence + 1
            && record.TimeMilliseconds >= only.LastTime && record.Kind != RecordKind.Head)
        {
            Append(only, record, only.LastSequence + 1);
            return;
        }

        PlaceAmong(lane, record, port);
    }

    /// <summary>The source is at its end: what still waits is reported, and boots are compared.</summary>
    /// <param name="next">Whether another source follows, whose records continue none of these.</param>
    public void End(bool next)
    {
        foreach (var lane in _lanes.Values)
        {
            foreach (var held in lane.Held)
            {
                if (lane.Live.Count == 0 && Parse(held) is var record && record.Line > 0)
                {
                    Append(Start(lane, record, held.Port, null), record, record.Sequence);
                }
                else
                {
                    Tell(held);
                }
            }

            lane.Held.Clear();
            lane.Live.ForEach(Close);
            if (next)
            {
                lane.Live.Clear();
                lane.IsInterleaved = false;
            }
        }
    }

    private void PlaceAmong(Lane lane, scoped in LogRecord record, string? port)
    {
        if (StartsAnew(lane, record))
        {
            if (!IsBeginning(lane) || !TryFill(lane, record))
            {
                Restart(lane, record, port);
            }

            return;
        }

        var (best, sequence, rival) = Best(lane, record);
        if (best is null && record.Kind == RecordKind.Head && Contradicts(lane, record))
        {
            Cut(lane, record, port, "the head names another firmware, model or device than the boot's first");
            return;
        }

        if (best is not null)
        {
            if (rival is not null)
            {
                Entangle(best, rival, record);
            }

            if (best != lane.Current && !lane.IsInterleaved)
            {
                Interleave(lane, best);
            }

            Append(best, record, sequence);
            if (!lane.IsInterleaved && lane.Live.Count > 1 && best.Records > SupersededUntil)
            {
                lane.Live.RemoveRange(0, lane.Live.Count - 1);
            }

            return;
        }

        if (!TryFill(lane, record))
        {
            Hold(lane, record, port);
        }
    }

    /// <summary>Whether the current boot is so young that its own first records may still be on their way.</summary>
    private static bool IsBeginning(Lane lane) => lane.Live.Count > 0 && lane.Current.Records <= ConfirmedWithin;

    private bool TryFill(Lane lane, scoped in LogRecord record)
    {
        for (int i = lane.Live.Count - 1; i >= 0; i--)
        {
            var boot = lane.Live[i];
            if (!boot.TryFill(record))
            {
                continue;
            }

            if (record.Kind == RecordKind.Head)
            {
                boot.Signature ??= new HeadSignature(record);
                boot.Device.Describe(record);
            }

            found(new Finding(FindingKind.Late, record.Line, Text($"seq={record.Sequence} comes after its successors"), 1, boot));
            placed(record, boot);
            return true;
        }

        return false;
    }

    /// <summary>The boot that a record continues best, and another that it continues as well.</summary>
    private static (Boot? Best, long Sequence, Boot? Rival) Best(Lane lane, LogRecord record)
    {
        if (!lane.IsInterleaved && lane.Live.Count > 0 && Sequence(lane.Current, record) is { } next)
        {
            return (lane.Current, next, null);
        }

        Boot? best = null, second = null;
        long bestSequence = 0, bestAhead = 0, secondAhead = 0;
        foreach (var boot in lane.Live)
        {
            if (Sequence(boot, record) is not { } sequence)
            {
                continue;
            }
            // The boot before the current one is another device only if it goes on exactly.
            long ahead = sequence - boot.LastSequence;
            if (!lane.IsInterleaved && ahead != 1)
            {
                continue;
            }

            if (best is null || Distance(boot, ahead, record) < Distance(best, bestAhead, record))
            {
                (second, secondAhead) = (best, bestAhead);
                (best, bestSequence, bestAhead) = (boot, sequence, ahead);
            }
            else if (second is null || Distance(boot, ahead, record) < Distance(second, secondAhead, record))
            {
                (second, secondAhead) = (boot, ahead);
            }
        }

        var rival = second is not null && bestAhead == 1 == (secondAhead == 1)
            && Math.Abs(best!.LastTime - second.LastTime) <= SameMoment ? second : null;
        return (best, bestSequence, rival);
    }

    /// <summary>How badly a record continues a boot: numbers missed, then time passed.</summary>
    private static long Distance(Boot boot, long ahead, LogRecord record) =>
        (ahead == 1 ? 0 : 60_000) + Math.Min(ahead, 1000) * 60 + (record.TimeMilliseconds - boot.LastTime);

    /// <summary>The record's number in a boot that it may continue; null when numbers, times or head contradict.</summary>
    private static long? Sequence(Boot boot, LogRecord record)
    {
        bool mayWrap = record.Kind is RecordKind.Head or RecordKind.Boot;
        if (record.TimeMilliseconds < boot.LastTime - (mayWrap ? DeepSleepSlack : 0)
            || (record.Kind == RecordKind.Head && boot.Signature?.IsContradictedBy(record) == true))
        {
            return null;
        }

        long sequence = record.Sequence + boot.Offset;
        if (sequence > boot.LastSequence && sequence - boot.LastSequence <= FurthestAhead)
        {
            return sequence;
        }

        long ahead = (sequence - boot.LastSequence) & (CountModulus - 1);
        return mayWrap && ahead is >= 1 and <= FurthestWrap && boot.LastSequence + ahead >= CountModulus
            ? boot.LastSequence + ahead
            : null;
    }

    private static bool StartsAnew(Lane lane, LogRecord record)
    {
        bool isFirstHead = record.Kind == RecordKind.Head && record.Sequence == 0;
        bool isBootRecord = record.Kind == RecordKind.Boot && record.Sequence <= 1
            && !(record.TryGet("reset"u8, out var reset) && reset.SequenceEqual("deep_sleep"u8));
        if (!isFirstHead && !isBootRecord)
        {
            return false;
        }

        foreach (var boot in lane.Live)
        {
            if (Sequence(boot, record) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contradicts(Lane lane, LogRecord record) =>
        lane.Live.Count > 0 && lane.Current.Signature?.IsContradictedBy(record) == true
        && record.Sequence + lane.Current.Offset > lane.Current.LastSequence;

    private void Restart(Lane lane, scoped in LogRecord record, string? port)
    {
        DropHeld(lane);
        var before = lane.Live.Count > 0 ? lane.Current : null;
        var boot = Start(lane, record, port, before);
        if (before is not null)
        {
            found(new Finding(FindingKind.Reboot, record.Line, Text($"{boot.Device.Name} starts again after seq={before.LastSequence}"), 1, boot));
        }

        LoseBeginning(boot, record);
        Append(boot, record, record.Sequence);
    }

    private void Cut(Lane lane, scoped in LogRecord record, string? port, string why)
    {
        var before = lane.Current;
        var boot = Start(lane, record, port, before);
        found(new Finding(FindingKind.Cut, record.Line,
            Text($"{why}: seq={before.LastSequence} t_ms={before.LastTime}, then seq={record.Sequence} t_ms={record.TimeMilliseconds}"), 1, boot));
        // A device that was not known before is joined, by Append.
        if (boot.Device.Boots.Count > 1)
        {
            LoseBeginning(boot, record);
        }

        Append(boot, record, record.Sequence);
    }

    private void LoseBeginning(Boot boot, LogRecord record)
    {
        if (record.Sequence > 0)
        {
            boot.LoseBeginning();
            found(new Finding(FindingKind.Lost, record.Line, Text($"the first {record.Sequence} records of this boot are missing"), record.Sequence, boot));
        }
    }

    private Boot Start(Lane lane, scoped in LogRecord record, string? port, Boot? before)
    {
        var boot = new Boot(DeviceOf(record, port, before), record);
        if (!lane.IsInterleaved && lane.Live.Count > 1)
        {
            lane.Live.RemoveRange(0, lane.Live.Count - 1);
        }

        if (lane.IsInterleaved && boot.Device.Id is not null)
        {
            lane.Live.RemoveAll(old => old.Device == boot.Device);
        }

        if (lane.Live.Count == LiveAtMost)
        {
            lane.Live.RemoveAt(0);
        }

        if (before is not null)
        {
            Close(before);
        }

        lane.Live.Add(boot);
        return boot;
    }

    private Device DeviceOf(LogRecord record, string? port, Boot? before)
    {
        string? id = record.Kind == RecordKind.Head ? record.String("dev"u8) : before?.Device.Id;
        var known = _devices.Find(device => id is null ? device == before?.Device && device.Id is null : device.Id == id)
            ?? (id is not null && before?.Device is { Id: null } unnamed && unnamed.Firmware is null ? unnamed : null)
            ?? _devices.Find(device => id is null && port is not null && device.Port == port);
        if (known is not null)
        {
            return known;
        }

        var device = new Device(_devices.Count + 1) { Id = id, Port = port };
        _devices.Add(device);
        return device;
    }

    private void Interleave(Lane lane, Boot older)
    {
        lane.IsInterleaved = true;
        if (lane.Current.Device != older.Device)
        {
            return;
        }

        var device = new Device(_devices.Count + 1) { Port = older.Device.Port };
        _devices.Add(device);
        lane.Current.MoveTo(device);
    }

    private void Entangle(Boot one, Boot other, LogRecord record)
    {
        if (one.IsEntangled && other.IsEntangled)
        {
            return;
        }

        one.IsEntangled = other.IsEntangled = true;
        found(new Finding(FindingKind.Entangled, record.Line,
            Text($"{one.Device.Name} and {other.Device.Name} send the same numbers at the same times; which one sent a record is unknown"), 1, one));
    }

    private void Append(Boot boot, scoped in LogRecord record, long sequence)
    {
        if (record.Kind == RecordKind.Head)
        {
            boot.Signature ??= new HeadSignature(record);
            boot.Device.Describe(record);
        }

        boot.Offset = sequence - record.Sequence;
        if (boot.Records == 0 && record.Sequence > 0 && boot.Lost == 0)
        {
            found(new Finding(FindingKind.Joined, record.Line,
                Text($"{boot.Device.Name} is joined at seq={record.Sequence}; what it sent before is not in this log"), 1, boot));
        }

        long last = boot.LastSequence;
        long missing = boot.Append(record, sequence);
        if (missing > 0)
        {
            string numbers = missing == 1 ? Text($"seq={last + 1} is") : Text($"seq={last + 1} to {sequence - 1} are");
            found(new Finding(FindingKind.Lost, record.Line, Text($"{boot.Device.Name}: {numbers} missing"), missing, boot));
        }

        placed(record, boot);
    }

    private void Hold(Lane lane, scoped in LogRecord record, string? port)
    {
        for (int i = lane.Held.Count - 1; i >= 0; i--)
        {
            var held = lane.Held[i];
            if (record.Sequence - held.Sequence is >= 1 and <= ConfirmedWithin && record.TimeMilliseconds >= held.Time)
            {
                Confirm(lane, held, record, port);
                return;
            }
        }

        if (lane.Held.Count == HeldAtMost)
        {
            Tell(lane.Held[0]);
            lane.Held.RemoveAt(0);
        }

        lane.Held.Add(new HeldRecord([.. record.Text, (byte)' '], record.Sequence, record.TimeMilliseconds, record.Line, port));
    }

    /// <summary>Two records that follow each other begin a boot of their own.</summary>
    private void Confirm(Lane lane, HeldRecord held, scoped in LogRecord record, string? port)
    {
        lane.Held.Remove(held);
        var first = Parse(held);
        if (lane.Live.Count == 0)
        {
            Append(Start(lane, first, held.Port, null), first, first.Sequence);
        }
        else
        {
            Cut(lane, first, held.Port, "numbers or times go back without a boot");
        }

        Place(record, port);
    }

    private void DropHeld(Lane lane)
    {
        lane.Held.ForEach(Tell);
        lane.Held.Clear();
    }

    private void Tell(HeldRecord held) => found(new Finding(
        FindingKind.Unplaced, held.Line, Text($"a record seq={held.Sequence} t_ms={held.Time} that continues no boot and that nothing confirms")));

    private static LogRecord Parse(HeldRecord held) => LogRecord.TryParse(held.Text, held.Line, out var record) ? record : default;

    /// <summary>A boot has ended, as far as is known: is it, or does it begin, another?</summary>
    private void Close(Boot boot)
    {
        if (_closed.Contains(boot))
        {
            return;
        }

        foreach (var other in _closed)
        {
            var (part, whole) = boot.Fingerprint.IsBeginningOf(other.Fingerprint) ? (boot, other) : (other, boot);
            if (part.Records >= ShortestRepeat && part.RepeatOf is null && part.Fingerprint.IsBeginningOf(whole.Fingerprint))
            {
                part.RepeatOf = whole;
                found(new Finding(FindingKind.Repeated, boot.FirstLine, Text(
                    $"lines {boot.FirstLine} to {boot.LastLine} hold the records of lines {other.FirstLine} to {other.LastLine} again"),
                    part.Records, part));
                break;
            }
        }

        _closed.Enqueue(boot);
        if (_closed.Count > BootsCompared)
        {
            _closed.Dequeue().Fingerprint.Forget();
        }
    }

    private Lane LaneOf(string? port)
    {
        if (_latest is not null && port == _latestPort)
        {
            return _latest;
        }

        if (!_lanes.TryGetValue(port ?? "", out var lane))
        {
            lane = new Lane();
            _lanes.Add(port ?? "", lane);
        }

        (_latest, _latestPort) = (lane, port);
        return lane;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>What arrives on one wire, or under one prefix; the last of the live boots is the current one.</summary>
    private sealed class Lane
    {
        public List<Boot> Live { get; } = [];

        public List<HeldRecord> Held { get; } = [];

        /// <summary>Whether several devices were seen to speak by turns.</summary>
        public bool IsInterleaved { get; set; }

        public Boot Current => Live[^1];
    }

    private sealed record HeldRecord(byte[] Text, long Sequence, long Time, long Line, string? Port);
}
