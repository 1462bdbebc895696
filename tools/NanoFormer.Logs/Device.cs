namespace NanoFormer.Logs;

/// <summary>A device that speaks in a log.</summary>
/// <param name="number">Its number in the session, from 1.</param>
public sealed class Device(int number)
{
    private readonly List<Boot> _boots = [];

    /// <summary>Its number in the session, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>What it is called: its own id, else its port, else its number.</summary>
    public string Name => Id ?? Port ?? FormattableString.Invariant($"device-{Number}");

    /// <summary><c>dev</c> of its heads: the chip's unique id, or a setting; null in logs of older firmware.</summary>
    public string? Id { get; internal set; }

    /// <summary>The port that a line's prefix names; null without one.</summary>
    public string? Port { get; internal set; }

    /// <summary><c>fw</c>: name and version of the firmware; null before a head.</summary>
    public string? Firmware { get; private set; }

    /// <summary><c>clr</c>: version of nanoCLR; null in logs of older firmware.</summary>
    public string? Clr { get; private set; }

    /// <summary><c>engine</c>: version of the engine; null in logs of older firmware.</summary>
    public string? Engine { get; private set; }

    /// <summary><c>model</c>; null before a head.</summary>
    public string? Model { get; private set; }

    /// <summary><c>model_crc</c>, 8 hexadecimal digits; null before a head, or without a model.</summary>
    public string? ModelCrc { get; private set; }

    /// <summary><c>window</c> and <c>hop</c> in samples, <c>rate_millihertz</c>; 0 before a head, or without a model.</summary>
    public (long Window, long Hop, long RateMillihertz) Input { get; private set; }

    /// <summary>Its boots in this log, in order.</summary>
    public IReadOnlyList<Boot> Boots => _boots;

    internal int NumberOf(Boot boot) => _boots.IndexOf(boot) + 1;

    internal void Add(Boot boot) => _boots.Add(boot);

    internal void Remove(Boot boot) => _boots.Remove(boot);

    internal void Describe(LogRecord head)
    {
        Id = head.String("dev"u8) ?? Id;
        Firmware = head.String("fw"u8) ?? Firmware;
        Clr = head.String("clr"u8) ?? Clr;
        Engine = head.String("engine"u8) ?? Engine;
        Model = head.String("model"u8) ?? Model;
        ModelCrc = head.String("model_crc"u8) ?? ModelCrc;
        if (head.Number("rate_millihertz"u8) is > 0 and var rate)
        {
            Input = (head.Number("window"u8), head.Number("hop"u8), rate);
        }
    }
}

/// <summary>A stretch of records of one device, from a boot (or where the log joined it) to the next.</summary>
public sealed class Boot
{
    private const int HolesKept = 64;

    private readonly List<Hole> _holes = [];

    internal Boot(Device device, LogRecord first)
    {
        Device = device;
        FirstLine = first.Line;
        FirstSequence = first.Sequence;
        LastSequence = first.Sequence - 1;
        LastTime = first.TimeMilliseconds;
        FirstTime = first.TimeMilliseconds;
        device.Add(this);
    }

    /// <summary>Whose it is.</summary>
    public Device Device { get; private set; }

    /// <summary>Number among the device's boots, from 1.</summary>
    public int Number => Device.NumberOf(this);

    /// <summary>Line of its first record.</summary>
    public long FirstLine { get; }

    /// <summary>Line of its latest record.</summary>
    public long LastLine { get; private set; }

    /// <summary><c>seq</c> of its first record; not 0 where the log joined it.</summary>
    public long FirstSequence { get; }

    /// <summary><c>seq</c> of its latest record, counted on where the device counts modulo 65536.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Device time of its first record, in milliseconds.</summary>
    public long FirstTime { get; }

    /// <summary>Device time of its latest record, in milliseconds.</summary>
    public long LastTime { get; private set; }

    /// <summary>Records taken.</summary>
    public long Records { get; private set; }

    /// <summary>Records that are missing between the first and the latest.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether another device sends the same numbers at the same times, so that records may be either's.</summary>
    public bool IsEntangled { get; internal set; }

    /// <summary>The boot that holds the same records; null when there is none.</summary>
    public Boot? RepeatOf { get; internal set; }

    internal BootFingerprint Fingerprint { get; } = new();

    /// <summary>What is added to <c>seq</c>: over a deep sleep the device counts modulo 65536.</summary>
    internal long Offset { get; set; }

    /// <summary>Of its first head, what no later head of the same boot may contradict; null before a head.</summary>
    internal HeadSignature? Signature { get; set; }

    internal void MoveTo(Device device)
    {
        Device.Remove(this);
        Device = device;
        device.Add(this);
    }

    /// <summary>Counts records as lost before the first, where the boot began unseen.</summary>
    internal void LoseBeginning()
    {
        Lost += FirstSequence;
        _holes.Add(new Hole(0, FirstSequence - 1, 0, FirstTime));
    }

    /// <summary>Takes a record that comes after all others; the result is how many are missing before it.</summary>
    internal long Append(LogRecord record, long sequence)
    {
        long missing = sequence - LastSequence - 1;
        if (missing > 0)
        {
            if (_holes.Count == HolesKept)
            {
                _holes.RemoveAt(0);
            }

            _holes.Add(new Hole(LastSequence + 1, sequence - 1, LastTime, record.TimeMilliseconds));
            Lost += missing;
        }

        LastSequence = sequence;
        LastTime = Math.Max(LastTime, record.TimeMilliseconds);
        Count(record);
        return missing;
    }

    /// <summary>Takes a record into a hole; false when there is none for it.</summary>
    internal bool TryFill(LogRecord record)
    {
        long sequence = record.Sequence + Offset;
        for (int i = _holes.Count - 1; i >= 0; i--)
        {
            var hole = _holes[i];
            if (sequence < hole.First || sequence > hole.Last
                || record.TimeMilliseconds < hole.TimeBefore || record.TimeMilliseconds > hole.TimeAfter)
            {
                continue;
            }

            _holes.RemoveAt(i);
            if (sequence < hole.Last)
            {
                _holes.Insert(i, hole with { First = sequence + 1, TimeBefore = record.TimeMilliseconds });
            }

            if (sequence > hole.First)
            {
                _holes.Insert(i, hole with { Last = sequence - 1, TimeAfter = record.TimeMilliseconds });
            }

            Lost--;
            Count(record);
            return true;
        }

        return false;
    }

    private void Count(LogRecord record)
    {
        Records++;
        LastLine = record.Line;
        Fingerprint.Add(record.Text);
    }

    private readonly record struct Hole(long First, long Last, long TimeBefore, long TimeAfter);
}

/// <summary>What stays the same in every head of a boot.</summary>
internal sealed class HeadSignature(LogRecord head)
{
    private readonly string? _device = head.String("dev"u8);
    private readonly string? _firmware = head.String("fw"u8);
    private readonly string? _modelCrc = head.String("model_crc"u8);

    /// <summary>Whether a later head names something else; what one of them lacks is not a contradiction.</summary>
    public bool IsContradictedBy(LogRecord other) =>
        Differs(_device, other.String("dev"u8)) || Differs(_firmware, other.String("fw"u8)) || Differs(_modelCrc, other.String("model_crc"u8));

    private static bool Differs(string? one, string? other) => one is not null && other is not null && one != other;
}

/// <summary>A running hash over a boot's records, kept at places, so that one boot can be known for the beginning of another.</summary>
internal sealed class BootFingerprint
{
    private const int Spacing = 64;
    private const int KeptAtMost = 1 << 16;

    private readonly List<ulong> _first = [];
    private readonly List<ulong> _spaced = [];
    private ulong _hash = 14695981039346656037;
    private long _count;

    public long Count => _count;

    public void Add(ReadOnlySpan<byte> text)
    {
        _hash = (_hash ^ System.IO.Hashing.XxHash3.HashToUInt64(text)) * 1099511628211;
        _count++;
        if (_count <= Spacing)
        {
            _first.Add(_hash);
        }
        else if (_count % Spacing == 0 && _spaced.Count < KeptAtMost)
        {
            _spaced.Add(_hash);
        }
    }

    /// <summary>Frees what a boot of long ago holds.</summary>
    public void Forget()
    {
        _first.Clear();
        _spaced.Clear();
        _count = 0;
    }

    /// <summary>Whether the other began with the same records as far as both are known, and this one is not the longer.</summary>
    public bool IsBeginningOf(BootFingerprint other)
    {
        if (_count > other._count || _count == 0)
        {
            return false;
        }

        if (_count == other._count)
        {
            return _hash == other._hash;
        }

        if (_count <= Spacing)
        {
            return other._first[(int)_count - 1] == _hash;
        }

        return _spaced.Count > 0
            ? other._spaced.Count >= _spaced.Count && other._spaced[_spaced.Count - 1] == _spaced[^1]
            : other._first[^1] == _first[^1];
    }
}
