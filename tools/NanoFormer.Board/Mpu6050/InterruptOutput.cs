namespace NanoFormer.Board;

/// <summary>The chip's INT pin: active level, push-pull or open drain, latched level or 50 microsecond pulse (INT_PIN_CFG).</summary>
internal sealed class InterruptOutput(VirtualClock clock, Action<PinDrive> drive)
{
    private const long PulseMicroseconds = 50;

    private byte configuration;
    private bool asserted;
    private ScheduledEvent? pulseEnd;

    private bool IsLatched => (configuration & Mpu6050Registers.PinLatch) != 0;

    /// <summary>Takes INT_PIN_CFG.</summary>
    public void Configure(byte pinConfiguration)
    {
        configuration = pinConfiguration;
        Update();
    }

    /// <summary>An enabled interrupt has happened.</summary>
    public void Assert()
    {
        pulseEnd?.Cancel();
        pulseEnd = IsLatched ? null : clock.ScheduleAfter(PulseMicroseconds, Release);
        asserted = true;
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
        pulseEnd?.Cancel();
        asserted = false;
        Update();
    }

    private void Update()
    {
        var high = asserted != ((configuration & Mpu6050Registers.PinActiveLow) != 0);
        var openDrain = (configuration & Mpu6050Registers.PinOpenDrain) != 0;
        drive(!high ? PinDrive.Low : openDrain ? PinDrive.Released : PinDrive.High);
    }
}
