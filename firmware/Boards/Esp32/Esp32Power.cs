#if NANOFRAMEWORK_1_0
using System;
using nanoFramework.Hardware.Esp32;
using NanoFormer.Runtime;

namespace NanoFormer.Boards.Esp32
{
    /// <summary>The ESP32's light and deep sleep, ended by a timer or by an RTC pin that is high (EXT0, else EXT1).</summary>
    /// <remarks>
    /// The C3 has neither EXT0 nor EXT1, and nanoFramework does not offer its own GPIO wake-up: there the wait for the pin only idles,
    /// and only the timer ends a deep sleep. A wake-up source once enabled stays so: a pause in light sleep ends early while the pin is
    /// high, and <see cref="Esp32Clock"/> idles for the rest of it.
    /// </remarks>
    internal sealed class Esp32Power : IPower, IDisposable
    {
        private readonly PinPower _pin;
        private readonly Sleep.WakeupGpioPin _mask;

        /// <summary>Owns a pin's idle wait.</summary>
        internal Esp32Power(PinPower pin, int number)
        {
            _pin = pin;
            _mask = (Sleep.WakeupGpioPin)(1UL << number);
        }

        /// <inheritdoc/>
        public StartCause StartCause
        {
            get
            {
                switch (Sleep.GetWakeupCause())
                {
                    case Sleep.WakeupCause.Ext0:
                    case Sleep.WakeupCause.Ext1:
                        return StartCause.Interrupt;
                    case Sleep.WakeupCause.Timer:
                        return StartCause.Timer;
                    default:
                        return StartCause.PowerOn;
                }
            }
        }

        /// <inheritdoc/>
        public long RealTimeMilliseconds
        {
            get { return _pin.RealTimeMilliseconds; }
        }

        /// <inheritdoc/>
        public bool SleepUntilInterrupt(int timeoutMilliseconds)
        {
#if DEBUG
            return _pin.SleepUntilInterrupt(timeoutMilliseconds);
#else
            if (_pin.IsHigh)
            {
                return true;
            }

            if (!EnableTimer(timeoutMilliseconds) || !EnablePin() || Sleep.StartLightSleep() != EspNativeError.OK)
            {
                return _pin.SleepUntilInterrupt(timeoutMilliseconds);
            }

            return _pin.IsHigh;
#endif
        }

        /// <inheritdoc/>
        public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
        {
            if (!EnableTimer(timeoutMilliseconds) || (untilInterrupt && !EnablePin()))
            {
                return false;
            }

            Sleep.StartDeepSleep();
            return true;
        }

        /// <summary>Closes the pin.</summary>
        public void Dispose()
        {
            _pin.Dispose();
        }

        private static bool EnableTimer(int milliseconds)
        {
            return Sleep.EnableWakeupByTimer(TimeSpan.FromMilliseconds(milliseconds)) == EspNativeError.OK;
        }

        private bool EnablePin()
        {
            return EnableExt0() || EnableExt1();
        }

        private bool EnableExt0()
        {
            try
            {
                return Sleep.EnableWakeupByPin(_mask, 1) == EspNativeError.OK;
            }
            catch (NotSupportedException)
            {
                return false;
            }
        }

        private bool EnableExt1()
        {
            try
            {
                return Sleep.EnableWakeupByMultiPins(_mask, Sleep.WakeupMode.AnyHigh) == EspNativeError.OK;
            }
            catch (NotSupportedException)
            {
                return false;
            }
        }
    }
}
#endif
