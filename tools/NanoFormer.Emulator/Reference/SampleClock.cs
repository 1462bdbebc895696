namespace NanoFormer.Emulator;

/// <summary>Learns a sensor's true sample period from how many samples its FIFO gave over the host's time.</summary>
/// <remarks>
/// A FIFO count tells the sensor's time to within one sample, so the period over n samples is known to one part in n:
/// an estimate is replaced only by one from a stretch at least as long. Late reads do no harm, because the count is late with
/// them. After a gap half of the trust is dropped, so that an estimate from another temperature does not stay forever.
/// </remarks>
internal sealed class SampleClock
{
    private const int MinimumSamples = 128;
    private const int Horizon = 4096;
    private const int TolerancePermille = 100;

    private readonly int _nominalNanoseconds;
    private long _anchorMicroseconds;
    private long _middleMicroseconds;
    private int _samples;
    private int _middleSamples;
    private int _trust = MinimumSamples;

    /// <summary>Starts from the nominal period in nanoseconds.</summary>
    public SampleClock(int nominalNanoseconds)
    {
        _nominalNanoseconds = nominalNanoseconds;
        PeriodNanoseconds = nominalNanoseconds;
    }

    /// <summary>The estimate in nanoseconds, within a tenth of the nominal period.</summary>
    public int PeriodNanoseconds { get; private set; }

    /// <summary>Begins a stretch without gaps: the FIFO was emptied at this time.</summary>
    public void Restart(long microseconds)
    {
        Anchor(microseconds);
        _trust = _trust / 2 > MinimumSamples ? _trust / 2 : MinimumSamples;
    }

    /// <summary>Notes that a FIFO count at this time gave this many more samples.</summary>
    public void Observe(int samples, long microseconds)
    {
        _samples += samples;
        if (_middleSamples == 0 && _samples >= Horizon)
        {
            _middleSamples = _samples;
            _middleMicroseconds = microseconds;
        }

        if (_samples < _trust)
        {
            return;
        }

        Estimate(microseconds);
        if (_samples >= 2 * Horizon)
        {
            DropFirstHalf();
        }
    }

    private void Estimate(long microseconds)
    {
        long period = (microseconds - _anchorMicroseconds) * 1000 / _samples;
        long tolerance = (long)_nominalNanoseconds * TolerancePermille / 1000;
        if (period < _nominalNanoseconds - tolerance || period > _nominalNanoseconds + tolerance)
        {
            Anchor(microseconds);
            return;
        }

        PeriodNanoseconds = (int)period;
        _trust = _samples < Horizon ? _samples : Horizon;
    }

    private void Anchor(long microseconds)
    {
        _anchorMicroseconds = microseconds;
        _samples = 0;
        _middleSamples = 0;
    }

    private void DropFirstHalf()
    {
        _anchorMicroseconds = _middleMicroseconds;
        _samples -= _middleSamples;
        _middleSamples = 0;
    }
}
