using System;
using System.Device.Gpio;
using System.Threading;

namespace NanoFormer.Runtime
{
    /// <summary>Waits for the sensor's interrupt pin; the runtime idles meanwhile, and the port decides how deeply.</summary>
    /// <remarks>For every board that has a pin; one that can sleep deeply has a class of its own around this one.</remarks>
    public sealed class PinPower : IPower, IDisposable
    {
        private readonly GpioController _controller;
        private readonly int _pin;
        private readonly PinMode _mode;
        private readonly AutoResetEvent _rose = new AutoResetEvent(false);

        /// <summary>Opens an input pin that the sensor drives high on motion.</summary>
        public PinPower(GpioController controller, int pin)
            : this(controller, pin, PinMode.Input)
        {
        }

        /// <summary>The same with a pull resistor, as a mode of input has it.</summary>
        public PinPower(GpioController controller, int pin, PinMode mode)
        {
            _controller = controller;
            _pin = pin;
            _mode = mode;
            _controller.OpenPin(pin, mode);
            _controller.RegisterCallbackForPinValueChangedEvent(pin, PinEventTypes.Rising, OnRising);
        }

        /// <inheritdoc/>
        public StartCause StartCause
        {
            get { return StartCause.PowerOn; }
        }

        /// <inheritdoc/>
        public long RealTimeMilliseconds
        {
            get { return DateTime.UtcNow.Ticks / TimeSpan.TicksPerMillisecond; }
        }

        /// <summary>Whether the pin is high.</summary>
        public bool IsHigh
        {
            get { return _controller.Read(_pin) == PinValue.High; }
        }

        /// <summary>Makes the pin an input again, after a sleep that used it otherwise.</summary>
        public void Reclaim()
        {
            _controller.SetPinMode(_pin, _mode);
        }

        /// <inheritdoc/>
        public bool SleepUntilInterrupt(int timeoutMilliseconds)
        {
            // An edge from before does not count, a pin that is high already does.
            _rose.Reset();
            return IsHigh || _rose.WaitOne(timeoutMilliseconds, false);
        }

        /// <summary>Not from here: false.</summary>
        public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
        {
            return false;
        }

        /// <summary>Closes the pin.</summary>
        public void Dispose()
        {
            _controller.UnregisterCallbackForPinValueChangedEvent(_pin, OnRising);
            _controller.ClosePin(_pin);
#if !NANOFRAMEWORK_1_0
            _rose.Dispose();
#endif
        }

        private void OnRising(object sender, PinValueChangedEventArgs args)
        {
            _rose.Set();
        }
    }
}
