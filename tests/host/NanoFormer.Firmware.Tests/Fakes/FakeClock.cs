using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>Time that passes only when someone sleeps or says so.</summary>
internal sealed class FakeClock : IClock
{
    public long Microseconds { get; private set; }

    public void Sleep(int milliseconds) => Advance(milliseconds * 1000L);

    public void Advance(long microseconds)
    {
        Assert.True(microseconds >= 0);
        Microseconds += microseconds;
    }
}
