using System;
using NanoFormer.Runtime;
using nanoFramework.Hardware.Esp32;

namespace NanoFormer.Boards.Esp32
{
    /// <summary>The ESP32's light and deep sleep, ended by a timer or by an RTC pin that is high (EXT0, else EXT1).</summary>
    /// <remarks>
    /// The C3 has neither EXT0 nor EXT1, and nanoFramework does not offer its own GPIO wake-up: there the wait for the pin only idles,
    /// and only the timer ends a deep sleep. A wake-up source once enabled stays so: a pause in light sleep ends early while the pin is
    /// high, and Esp32Clock idles for the rest of it. Every light sleep that the pin may end gives its pad to the RTC, and the pin
    /// then reads low until its mode is set again: the chip is asked what woke it, not the pin.
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
                if (IsWokenByPin)
                {
                    return StartCause.Interrupt;
                }

                return Sleep.GetWakeupCause() == Sleep.WakeupCause.Timer ? StartCause.Timer : StartCause.PowerOn;
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
            // A pause of the clock may have given it to the RTC.
            _pin.Reclaim();
            if (_pin.IsHigh)
            {
                return true;
            }

            bool slept = EnableTimer(timeoutMilliseconds) && EnablePin() && Sleep.StartLightSleep() == EspNativeError.OK;
            _pin.Reclaim();
            return slept ? IsWokenByPin : _pin.SleepUntilInterrupt(timeoutMilliseconds);
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

        private static bool IsWokenByPin
        {
            get
            {
                var cause = Sleep.GetWakeupCause();
                return cause == Sleep.WakeupCause.Ext0 || cause == Sleep.WakeupCause.Ext1;
            }
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
