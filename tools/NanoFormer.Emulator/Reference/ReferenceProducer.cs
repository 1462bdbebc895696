using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>
/// The producer of a timed capture, as native-interop/capture defines it: at each alarm one count of the FIFO and as many bursts as it
/// takes; a flush after an overflow, a misalignment or a broken burst, and bounds for what was lost by it.
/// </summary>
internal sealed class ReferenceProducer(CaptureSettings settings, ICapturePort port)
{
    private const int RingBytes = 4096;
    private const int LineBytes = 32;
    private const int Retries = 3;
    private const int MostCounts = 3;
    private const int LeastRoomSamples = 2;

    private readonly int _slots = SlotsOf(settings);
    private readonly Queue<ReferenceBurst> _ring = new();
    private long _made;
    private long _madeSeen;
    private long _latchBegun;
    private long _latchDone;
    private long _countBegun;
    private long _next;
    private ReferenceGap _gap;
    private CaptureLosses _suspicions;
    private int _counted;
    private int _owed;
    private bool _isDue;
    private bool _flushDue = true;
    private bool _hasBegun;
    private bool _wasFull;
    private bool _isStalled;

    /// <summary>When the producer wants to be called next.</summary>
    public long AlarmAt { get; private set; } = -1;

    /// <summary>Transfers that failed in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>When the sensor last gave a sign of life: a burst, an overflow, the start.</summary>
    public long Heard { get; private set; } = port.Microseconds;

    public long Bursts { get; private set; }

    public long Overruns { get; private set; }

    public long Flushes { get; private set; }

    public long BusErrors { get; private set; }

    public long Repeats { get; private set; }

    public long Wakes { get; private set; }

    /// <summary>Bursts that wait, the oldest first.</summary>
    public IReadOnlyCollection<ReferenceBurst> Ring => _ring;

    public void Start() => Proceed();

    public void Alarm()
    {
        long now = port.Microseconds;
        long next = AlarmAt + settings.PollMicroseconds;
        AlarmAt = next > now ? next : now + settings.PollMicroseconds;
        _isDue = true;
        Proceed();
    }

    /// <summary>The consumer has looked: a ring that was full may have room.</summary>
    public void Resume()
    {
        if (_isStalled)
        {
            _isStalled = false;
            Proceed();
        }
    }

    public ReferenceBurst Oldest() => _ring.Peek();

    public void Release() => _ring.Dequeue();

    /// <summary>Ends; gives what was made and will not come.</summary>
    public ReferenceGap Stop()
    {
        if (_hasBegun)
        {
            _suspicions |= CaptureLosses.Stopped;
            LoseBetween(_made, MadeAtMost(port.Microseconds), 0);
        }

        return _gap;
    }

    private static int SlotsOf(CaptureSettings settings)
    {
        int slotBytes = LineBytes + (settings.BurstSamples * settings.SampleBytes + LineBytes - 1) / LineBytes * LineBytes;
        return 1 << (31 - int.LeadingZeroCount(RingBytes / slotBytes));
    }

    private bool HasRoom
    {
        get
        {
            if (_ring.Count < _slots)
            {
                return true;
            }

            _isStalled = true;
            if (!_wasFull)
            {
                _wasFull = true;
                Overruns++;
                Wakes++;
            }

            return false;
        }
    }

    private void Proceed()
    {
        while (true)
        {
            if (_flushDue)
            {
                if (!Flush())
                {
                    return;
                }
            }
            else if ((_isDue || _suspicions != 0) && HasRoom)
            {
                if (!Bring())
                {
                    return;
                }
            }
            else
            {
                return;
            }
        }
    }

    // False when the bus failed.
    private bool Flush()
    {
        if (Try(() =>
        {
            _countBegun = port.Microseconds;
            return port.Write(settings.FlushRegister, settings.FlushValue);
        }) != CaptureTransfer.Done)
        {
            return FailFlush();
        }

        if (settings.RunValue != 0 && Try(() => port.Write(settings.FlushRegister, settings.RunValue)) != CaptureTransfer.Done)
        {
            return FailFlush();
        }

        _flushDue = false;
        if (!_hasBegun)
        {
            _hasBegun = true;
            Latch(0);
            Heard = port.Microseconds;
            AlarmAt = port.Microseconds + settings.PollMicroseconds;
        }

        return true;
    }

    // The sensor goes on: at the start, numbering begins all the same.
    private bool FailFlush()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Latch(0);
            _suspicions |= CaptureLosses.BusError;
        }

        return Fail();
    }

    // One count, and the bursts it tells of; false when there is nothing to go on with.
    private bool Bring()
    {
        for (int counts = 1; ; counts++)
        {
            _isDue = false;
            byte[] count = new byte[2];
            if (Try(() =>
            {
                _countBegun = port.Microseconds;
                return port.Read(settings.CountRegister, count);
            }) != CaptureTransfer.Done)
            {
                _isDue = true;
                return Fail();
            }

            int all = settings.IsLittleEndian ? (count[1] << 8) | count[0] : (count[0] << 8) | count[1];
            _counted = settings.CountUnit * (settings.CountMask == 0 ? all : all & settings.CountMask);
            if (_counted + LeastRoomSamples * settings.SampleBytes > settings.FifoBytes)
            {
                Heard = _countBegun;
                Condemn(CaptureLosses.FifoOverflow);
                return true;
            }

            if (_counted % settings.SampleBytes == 0)
            {
                break;
            }

            if (counts == MostCounts)
            {
                Condemn(CaptureLosses.Misaligned);
                return true;
            }
        }

        return BringCounted();
    }

    private bool BringCounted()
    {
        long stamp = _countBegun;
        _owed = _counted / settings.SampleBytes;
        if (_suspicions != 0)
        {
            LoseBetween(MadeAtLeast(), MadeAtMost(port.Microseconds), _owed);
        }

        Latch(_next + _owed);
        long newest = _next + _owed - 1;
        bool brought = _owed > 0;
        while (_owed > 0)
        {
            if (!HasRoom)
            {
                _isDue = true;
                return false;
            }

            int samples = Math.Min(_owed, settings.BurstSamples);
            byte[] data = new byte[samples * settings.SampleBytes];
            var result = Try(() => port.Read(settings.DataRegister, data));
            if (result == CaptureTransfer.Refused)
            {
                _isDue = true;
                return Fail();
            }

            if (result == CaptureTransfer.Broken)
            {
                Condemn(CaptureLosses.BusError, holds: false);
                Fail();
                return true;
            }

            if (MadeSinceCount() * settings.SampleBytes > settings.FifoBytes - _counted)
            {
                Condemn(CaptureLosses.FifoOverflow);
                return true;
            }

            if (settings.WordBytes != 0 && !data.Chunk(settings.SampleBytes).All(IsWhole))
            {
                Condemn(CaptureLosses.Misaligned);
                return true;
            }

            _ring.Enqueue(new ReferenceBurst(_next, samples, data, stamp, newest, _gap));
            _gap = default;
            Heard = stamp;
            _next += samples;
            _owed -= samples;
            _counted -= samples * settings.SampleBytes;
            _wasFull = false;
            Bursts++;
        }

        Wakes += brought ? 1 : 0;
        return true;
    }

    // One word of each kind, all of one turn.
    private bool IsWhole(byte[] sample)
    {
        byte[] tags = [.. sample.Chunk(settings.WordBytes).Select(word => word[0])];
        return tags.All(tag => (tag & settings.TurnMask) == (tags[0] & settings.TurnMask))
            && tags.Select(tag => tag & settings.KindMask).Order().SequenceEqual(settings.Kinds.Order());
    }

    // A refused transfer has moved nothing, and is begun again at once.
    private CaptureTransfer Try(Func<CaptureTransfer> transfer)
    {
        var result = transfer();
        for (int tries = 0; result == CaptureTransfer.Refused && tries < Retries; tries++)
        {
            Repeats++;
            result = transfer();
        }

        Failures = result == CaptureTransfer.Done ? 0 : Failures;
        return result;
    }

    // The next try comes early, then later and later.
    private bool Fail()
    {
        AlarmAt = port.Microseconds + (settings.PollMicroseconds >> Math.Max(0, 3 - Failures));
        Failures++;
        BusErrors++;
        return false;
    }

    private void Condemn(CaptureLosses reason, bool holds = true)
    {
        int held = holds && _counted <= settings.FifoBytes ? _counted / settings.SampleBytes : 0;
        _madeSeen = Math.Max(_madeSeen, _next + held);
        _suspicions |= reason | (holds && _wasFull ? CaptureLosses.RingFull : 0);
        _flushDue = true;
        Flushes++;
    }

    private void Latch(long made)
    {
        _made = made;
        _madeSeen = 0;
        _latchBegun = _countBegun;
        _latchDone = port.Microseconds;
    }

    private long MadeAtLeast() => _countBegun < _latchDone ? _made : _made + (_countBegun - _latchDone) / settings.LongestPeriodMicroseconds;

    private long MadeAtMost(long now) => _made + Periods(now - _latchBegun);

    private long MadeSinceCount() => Periods(port.Microseconds - _countBegun);

    private long Periods(long microseconds) =>
        (microseconds + settings.ShortestPeriodMicroseconds - 1) / settings.ShortestPeriodMicroseconds;

    private void LoseBetween(long low, long high, long held)
    {
        long known = _next + held;
        long least = Math.Max(Math.Max(low, _madeSeen), known) - known;
        long most = Math.Max(Math.Max(high, known) - known, least);
        if (most > 0)
        {
            _next += least;
            _gap = new ReferenceGap(_gap.Least + least, _gap.Most + most, _gap.Reasons | _suspicions);
        }

        _suspicions = 0;
    }
}

/// <summary>Samples lost, at least and at most, and why.</summary>
internal readonly record struct ReferenceGap(long Least, long Most, CaptureLosses Reasons);

/// <summary>A burst in the ring.</summary>
/// <param name="First">Number of its first sample.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Data">Their bytes.</param>
/// <param name="Microseconds">When the count that told of it was begun.</param>
/// <param name="Newest">The newest sample of that count.</param>
/// <param name="Gap">What was lost before it.</param>
internal sealed record ReferenceBurst(long First, int Samples, byte[] Data, long Microseconds, long Newest, ReferenceGap Gap);
