using System.Device.Gpio;

namespace NanoFormer.Runtime
{
    /// <summary>Two pins: one is high while managed code runs, one while the host waits for samples. Both are low in a sleep.</summary>
    public sealed class PhasePins : IPhaseMarker
    {
        /// <summary>No pin.</summary>
        public const int None = -1;

        private readonly GpioController _pins;
        private readonly int _managed;
        private readonly int _capture;

        /// <summary>Opens the pins.</summary>
        /// <param name="pins">The board's pins.</param>
        /// <param name="managed">Number of the pin for managed code, or <see cref="None"/>.</param>
        /// <param name="capture">Number of the pin for capture, or <see cref="None"/>.</param>
        public PhasePins(GpioController pins, int managed, int capture)
        {
            _pins = pins;
            _managed = managed;
            _capture = capture;
            Open(managed);
            Open(capture);
            Enter(PowerState.Run);
        }

        /// <inheritdoc/>
        public void Enter(PowerState state)
        {
            Write(_managed, state == PowerState.Run);
            Write(_capture, state == PowerState.Capture);
        }

        private void Open(int pin)
        {
            if (pin != None)
            {
                _pins.OpenPin(pin, PinMode.Output);
            }
        }

        private void Write(int pin, bool isHigh)
        {
            if (pin != None)
            {
                _pins.Write(pin, isHigh ? PinValue.High : PinValue.Low);
            }
        }
    }
}
