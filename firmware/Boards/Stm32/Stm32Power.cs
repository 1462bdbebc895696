#if NANOFRAMEWORK_1_0
using System;
using nanoFramework.Hardware.Stm32;
using NanoFormer.Runtime;

namespace NanoFormer.Boards.Stm32
{
    /// <summary>The STM32's standby, ended by the real-time clock's alarm or by the first wake-up pin.</summary>
    /// <remarks>
    /// nanoFramework offers standby and no Stop mode: the wait that keeps the memory idles, and the firmware decides how deeply. The
    /// alarm counts whole seconds. Standby does not tell which of its two ends came, but a latched interrupt pin is still high then.
    /// </remarks>
    internal sealed class Stm32Power : IPower, IDisposable
    {
        private const int LeastSeconds = 2;

        private readonly PinPower _pin;

        /// <summary>Owns a pin's idle wait; the pin must be the chip's first wake-up pin, PA0.</summary>
        internal Stm32Power(PinPower pin)
        {
            _pin = pin;
            StartCause = Power.WakeupReason == Power.WakeupReasonType.Undetermined ? StartCause.PowerOn
                : pin.IsHigh ? StartCause.Interrupt
                : StartCause.Timer;
        }

        /// <inheritdoc/>
        public StartCause StartCause { get; }

        /// <inheritdoc/>
        public long RealTimeMilliseconds
        {
            get { return _pin.RealTimeMilliseconds; }
        }

        /// <inheritdoc/>
        public bool SleepUntilInterrupt(int timeoutMilliseconds)
        {
            return _pin.SleepUntilInterrupt(timeoutMilliseconds);
        }

        /// <inheritdoc/>
        public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
        {
            int seconds = timeoutMilliseconds / 1000;
            RTC.SetAlarm(DateTime.UtcNow.AddSeconds(seconds < LeastSeconds ? LeastSeconds : seconds));
            if (untilInterrupt)
            {
                Power.EnableWakeupPin(Power.WakeupPin.Pin1);
            }
            else
            {
                Power.DisableWakeupPin(Power.WakeupPin.Pin1);
            }

            Power.EnterStandbyMode();
            return true;
        }

        /// <summary>Closes the pin.</summary>
        public void Dispose()
        {
            _pin.Dispose();
        }
    }
}
#endif
