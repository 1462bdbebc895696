#if NANOFRAMEWORK_1_0
using System;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using NanoFormer.Sensors;
using Esp32Sleep = nanoFramework.Hardware.Esp32.Sleep;

namespace NanoFormer.Boards.Esp32
{
    /// <summary>The ESP32's real-time clock, and pauses in light sleep.</summary>
    /// <remarks>
    /// The runtime's tick counter stands still in light sleep, the real-time clock does not; nobody sets the date on this device. A
    /// light sleep stops every thread and the debugger's connection too, so in a debug build the pauses only idle.
    /// </remarks>
    internal sealed class Esp32Clock : IClock
    {
        private const int LeastLightSleepMilliseconds = 20;
        private const int TicksPerMicrosecond = 10;

        private readonly long _start = DateTime.UtcNow.Ticks;

        /// <inheritdoc/>
        public long Microseconds
        {
            get { return (DateTime.UtcNow.Ticks - _start) / TicksPerMicrosecond; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            long end = Microseconds + (milliseconds * 1000L);
            if (milliseconds >= LeastLightSleepMilliseconds)
            {
                SleepLightly(milliseconds);
            }

            // All of it where light sleep is not to be had, or what an early wake-up left.
            long left = (end - Microseconds + 999) / 1000;
            if (left > 0)
            {
                Thread.Sleep((int)left);
            }
        }

#if DEBUG
        private static void SleepLightly(int milliseconds)
        {
        }
#else
        private static void SleepLightly(int milliseconds)
        {
            if (Esp32Sleep.EnableWakeupByTimer(TimeSpan.FromMilliseconds(milliseconds)) == EspNativeError.OK)
            {
                Esp32Sleep.StartLightSleep();
            }
        }
#endif
    }
}
#endif
