using System;
using System.Device.Gpio;

namespace NanoFormer.Drone
{
    /// <summary>The flight controller's arm signal on a pin: high is armed, and so is a pin that nothing is wired to.</summary>
    public sealed class PinArmSwitch : IArmSwitch, IDisposable
    {
        private readonly GpioController _controller;
        private readonly int _pin;

        /// <summary>Opens an input pin with a pull-up.</summary>
        public PinArmSwitch(GpioController controller, int pin)
        {
            _controller = controller;
            _pin = pin;
            _controller.OpenPin(pin, PinMode.InputPullUp);
        }

        /// <inheritdoc/>
        public bool IsArmed
        {
            get { return _controller.Read(_pin) == PinValue.High; }
        }

        /// <summary>Closes the pin.</summary>
        public void Dispose()
        {
            _controller.ClosePin(_pin);
        }
    }
}
