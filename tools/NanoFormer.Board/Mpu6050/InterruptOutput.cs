namespace NanoFormer.Board;

/// <summary>The chip's INT pin: active level, push-pull or open drain, latched level or 50 microsecond pulse (INT_PIN_CFG).</summary>
internal sealed class InterruptOutput(VirtualClock clock, Action<PinDrive> drive)
{
    private const long PulseMicroseconds = 50;

    private byte _configuration;
    private bool _asserted;
    private ScheduledEvent? _pulseEnd;

    private bool IsLatched => (_configuration & Mpu6050Registers.PinLatch) != 0;

    /// <summary>Takes INT_PIN_CFG.</summary>
    public void Configure(byte pinConfiguration)
    {
        _configuration = pinConfiguration;
        Update();
    }

    /// <summary>An enabled interrupt has happened.</summary>
    public void Assert()
    {
        _pulseEnd?.Cancel();
        _pulseEnd = IsLatched ? null : clock.ScheduleAfter(PulseMicroseconds, Release);
        _asserted = true;
        Update();
    }

    /// <summary>The interrupt was cleared by a read; a pulse ends by itself.</summary>
    public void Clear()
    {
        if (IsLatched)
        {
            Release();
        }
    }

    /// <summary>Puts the pin at rest.</summary>
    public void Release()
    {
        _pulseEnd?.Cancel();
        _asserted = false;
        Update();
    }

    private void Update()
    {
        bool high = _asserted != ((_configuration & Mpu6050Registers.PinActiveLow) != 0);
        bool openDrain = (_configuration & Mpu6050Registers.PinOpenDrain) != 0;
        drive(!high ? PinDrive.Low : openDrain ? PinDrive.Released : PinDrive.High);
    }
}
