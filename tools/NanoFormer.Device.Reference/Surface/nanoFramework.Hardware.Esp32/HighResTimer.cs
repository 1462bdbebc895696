using System;

namespace nanoFramework.Hardware.Esp32
{
    public delegate void HighResTimerExpiredEventHandler(HighResTimer sender, object e);

    public class HighResTimer : IDisposable
    {
        public extern HighResTimer();

        public event HighResTimerExpiredEventHandler OnHighResTimerExpired;

        public static extern ulong GetCurrent();
        public extern void Stop();
        public extern void StartOneShot(ulong timeout_us);
        public extern void StartOnePeriodic(ulong period_us);
        protected virtual extern void Dispose(bool disposing);
        public extern void Dispose();
    }
}
