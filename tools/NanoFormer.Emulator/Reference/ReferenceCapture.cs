using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>
/// The native path in C#, written apart from the C: the oracle that it is compared with, and what a machine without a C compiler runs.
/// Timed captures only.
/// </summary>
public sealed class ReferenceCapture : PortCapture
{
    private const int Axes = 3;
    private const int StillPermille = 1000;
    private const int SilentHalfPolls = 5;
    private const int LeastFrozenSamples = 32;

    private readonly CaptureSettings _settings;
    private readonly SampleClock _clock;
    private readonly GyroBias _bias;
    private readonly Resampler _resampler;
    private ReferenceProducer _producer;
    private ReferenceGap? _lastGap;
    private ReferenceBurst? _burst;
    private CaptureEvent _shown;
    private int _taken;
    private int _held;
    private int _fresh;
    private readonly short[] _newest;
    private readonly uint[] _unchanged;
    private bool _isStill;
    private bool _hasLooked;
    private long _count;
    private long _countSample;
    private long _covered;
    private long _next;
    private long _repeats;
    private long _delivered;
    private ReferenceGap _lost;

    /// <summary>Opens a capture; touches no register.</summary>
    /// <exception cref="NotSupportedException">The capture is driven by an interrupt.</exception>
    public ReferenceCapture(CaptureSettings settings, ICapturePort port)
        : base(port)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Trigger != CaptureTrigger.Timed)
        {
            throw new NotSupportedException("The reference path knows timed captures only.");
        }

        _settings = settings;
        _clock = new SampleClock(settings.SensorPeriodNanoseconds);
        _bias = new GyroBias(1_000_000_000 / settings.SensorPeriodNanoseconds);
        _resampler = new Resampler(settings.Sources, settings.Factors);
        _producer = new ReferenceProducer(settings, port);
        _newest = new short[settings.ValueCount];
        _unchanged = new uint[settings.ValueCount];
        Window = new short[settings.WindowSamples * settings.Sources.Length];
    }

    /// <inheritdoc/>
    public override int ChannelCount => _settings.Sources.Length;

    /// <inheritdoc/>
    public override short[] Window { get; }

    /// <inheritdoc/>
    protected override long NextAlarm => _producer.AlarmAt;

    /// <inheritdoc/>
    public override void GetBias(int[] bias)
    {
        ArgumentNullException.ThrowIfNull(bias);
        for (int axis = 0; axis < Axes; axis++)
        {
            bias[axis] = _bias.Bias(axis);
        }
    }

    /// <inheritdoc/>
    public override void SetBias(int[] bias)
    {
        ArgumentNullException.ThrowIfNull(bias);
        _bias.Restore(bias);
    }

    /// <inheritdoc/>
    public override void GetTotals(long[] numbers)
    {
        long[] totals =
        [
            _delivered, _lost.Least, _lost.Most, _producer.Bursts, _producer.Overruns, _producer.Flushes, _producer.BusErrors,
            _producer.Wakes, _producer.Repeats,
        ];
        totals.CopyTo(numbers, 0);
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        long now = Port.Microseconds;
        _producer = new ReferenceProducer(_settings, Port);
        _lastGap = null;
        _burst = null;
        _shown = CaptureEvent.Nothing;
        _held = _fresh = _taken = 0;
        _count = _covered = now;
        _countSample = -1;
        _next = 0;
        _repeats = 0;
        _delivered = 0;
        _lost = default;
        Restart(now);
        _producer.Start();
    }

    /// <inheritdoc/>
    protected override void End() => _lastGap = _producer.Stop();

    /// <inheritdoc/>
    protected override void Alarm() => _producer.Alarm();

    /// <summary>The producer's transfers take place in its calls; here it learns of room in its ring.</summary>
    protected override void Transfer()
    {
        if (_hasLooked)
        {
            _hasLooked = false;
            _producer.Resume();
        }
    }

    /// <inheritdoc/>
    protected override CaptureEvent Next(long[] facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        LeaveEvent();
        var gap = default(ReferenceGap);
        var found = Advance(ref gap);
        if (found == CaptureEvent.Nothing && _lastGap is null && SilentMicroseconds >= (long)SilentHalfPolls * (_settings.PollMicroseconds / 2))
        {
            found = CaptureEvent.Silent;
        }

        _shown = found;
        long motion = found == CaptureEvent.Window ? Motion.Permille(Window, _settings.StillLimits) : 0;
        _isStill = motion <= StillPermille;
        long start = found switch
        {
            CaptureEvent.Window => WindowStart(),
            CaptureEvent.Gap when _burst is not null => FirstSample(_burst),
            _ => 0,
        };
        long[] numbers =
        [
            (long)found, _fresh, _held, start, _covered, found == CaptureEvent.Window && _isStill ? 1 : 0, motion,
            gap.Least, gap.Most, (long)gap.Reasons, _producer.Repeats - _repeats, SilentMicroseconds, _producer.Failures,
            Port.Microseconds, _clock.PeriodNanoseconds, found == CaptureEvent.Window ? Frozen() : 0, _newest[0], _newest[1], _newest[2],
        ];
        numbers.CopyTo(facts, 0);
        if (found != CaptureEvent.Nothing)
        {
            _repeats = _producer.Repeats;
        }

        if (found == CaptureEvent.Gap && _burst is not null)
        {
            _count = _burst.Microseconds;
            _countSample = _burst.Newest;
            Restart(_count);
        }

        return found;
    }

    private long Frozen()
    {
        long hop = _settings.HopSamples * ModelPeriod / _clock.PeriodNanoseconds;
        long least = Math.Max(LeastFrozenSamples, hop) - 1;
        return Enumerable.Range(0, _unchanged.Length).Where(i => _unchanged[i] >= least).Sum(i => 1L << i);
    }

    private long SilentMicroseconds => Port.Microseconds - _producer.Heard;

    private void LeaveEvent()
    {
        if (_shown == CaptureEvent.Window)
        {
            _bias.EndStretch(_isStill);
            _held -= _settings.HopSamples;
            Array.Copy(Window, _settings.HopSamples * ChannelCount, Window, 0, _held * ChannelCount);
            _fresh = 0;
        }
        else if (_shown == CaptureEvent.Gap)
        {
            _held = _fresh = 0;
        }

        _shown = CaptureEvent.Nothing;
    }

    private CaptureEvent Advance(ref ReferenceGap gap)
    {
        while (!FillWindow())
        {
            if (_burst is null && !Look(ref gap))
            {
                return gap.Most > 0 ? CaptureEvent.Gap : CaptureEvent.Nothing;
            }

            if (gap.Most > 0)
            {
                return CaptureEvent.Gap;
            }

            NoteCount();
            TakeSamples();
        }

        return CaptureEvent.Window;
    }

    // Takes the oldest burst in hand; false when there is none.
    private bool Look(ref ReferenceGap gap)
    {
        _hasLooked = true;
        if (_producer.Ring.Count == 0)
        {
            gap = _lastGap ?? default;
            _lost = new ReferenceGap(_lost.Least + gap.Least, _lost.Most + gap.Most, 0);
            _lastGap = _lastGap is null ? null : default(ReferenceGap);
            return false;
        }

        _burst = _producer.Oldest();
        _taken = 0;
        gap = _burst.Gap;
        _lost = new ReferenceGap(_lost.Least + gap.Least, _lost.Most + gap.Most, 0);
        return true;
    }

    private void NoteCount()
    {
        if (_burst!.Microseconds != _count || _burst.Newest != _countSample)
        {
            _clock.Observe((int)(_burst.Newest - _countSample), _burst.Microseconds);
            SetPeriods();
        }

        _count = _burst.Microseconds;
        _countSample = _burst.Newest;
        _next = _burst.First + _taken;
        long toCome = _burst.Newest + 1 - _burst.First - _burst.Samples;
        _covered = _count - (toCome * _clock.PeriodNanoseconds / 1000);
    }

    private void TakeSamples()
    {
        short[] values = new short[_settings.ValueCount];
        do
        {
            Decode(_taken * _settings.SampleBytes, values);
            for (int i = 0; i < values.Length; i++)
            {
                _unchanged[i] = values[i] == _newest[i] ? _unchanged[i] + 1 : 0;
                _newest[i] = values[i];
            }

            if (_settings.BiasFirst != CaptureSettings.NoBias)
            {
                _bias.Remove(values, _settings.BiasFirst);
            }

            _resampler.Push(values);
            _next++;
            _taken++;
            _delivered++;
        }
        while (!FillWindow() && _taken < _burst!.Samples);
        if (_taken == _burst!.Samples)
        {
            _producer.Release();
            _burst = null;
        }
    }

    private void Decode(int at, short[] values)
    {
        if (_settings.WordBytes == 0)
        {
            Decode(at, values.AsSpan());
            return;
        }

        int valuesPerWord = _settings.WordBytes / 2;
        for (int word = 0; word < _settings.Kinds.Length; word++, at += _settings.WordBytes)
        {
            int place = Array.IndexOf(_settings.Kinds, _burst!.Data[at] & _settings.KindMask);
            Decode(at + 1, values.AsSpan(place * valuesPerWord, valuesPerWord));
        }
    }

    private void Decode(int at, Span<short> values)
    {
        for (int i = 0; i < values.Length; i++, at += 2)
        {
            var (high, low) = _settings.IsLittleEndian ? (at + 1, at) : (at, at + 1);
            values[i] = (short)((_burst!.Data[high] << 8) | _burst.Data[low]);
        }
    }

    // False when another sample must come first.
    private bool FillWindow()
    {
        for (; _held < _settings.WindowSamples; _held++, _fresh++)
        {
            if (!_resampler.TryPull(Window.AsSpan(_held * ChannelCount, ChannelCount)))
            {
                return false;
            }
        }

        return true;
    }

    private void Restart(long microseconds)
    {
        _clock.Restart(microseconds);
        _resampler.Restart();
        Array.Clear(_unchanged);
        _bias.EndStretch(false);
        SetPeriods();
    }

    private long ModelPeriod =>
        _settings.ModelPeriodNanoseconds == CaptureSettings.SensorRate ? _clock.PeriodNanoseconds : _settings.ModelPeriodNanoseconds;

    private void SetPeriods() => _resampler.SetPeriods(_clock.PeriodNanoseconds, (int)ModelPeriod);

    private long FirstSample(ReferenceBurst burst) =>
        burst.Microseconds - ((2 * (burst.Newest - burst.First)) + 1) * _clock.PeriodNanoseconds / 2 / 1000;

    private long WindowStart()
    {
        long period = _clock.PeriodNanoseconds;
        long sinceLast = ((2 * (_countSample + 1 - _next)) + 1) * period / 2;
        long length = (_settings.WindowSamples - 1L) * ModelPeriod;
        return _count - ((sinceLast + length) / 1000);
    }
}
