using NanoFormer.Sensors;

namespace NanoFormer.Device.Tests
{
    /// <summary>Time that passes only when someone sleeps.</summary>
    internal sealed class ManualClock : IClock
    {
        public long Microseconds { get; set; }

        public void Sleep(int milliseconds)
        {
            Microseconds += milliseconds * 1000L;
        }
    }
}
