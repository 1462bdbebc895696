#if NANOFRAMEWORK_1_0
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards.Esp32
{
    /// <summary>A board with an ESP32, of any series; its pins are data.</summary>
    internal sealed class Esp32Board : IBoard
    {
        private const string ModelPartition = "model";

        private readonly Esp32Pins _board;

        /// <summary>The board with these pins.</summary>
        internal Esp32Board(Esp32Pins board)
        {
            _board = board;
        }

        /// <inheritdoc/>
        public int I2cBus
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public int InterruptPin
        {
            get { return _board.Interrupt; }
        }

        /// <inheritdoc/>
        public int SwitchPin
        {
            get { return _board.Switch; }
        }

        /// <inheritdoc/>
        public string SerialPort
        {
            get { return "COM2"; }
        }

        /// <inheritdoc/>
        public bool SleepStopsSerialPort
        {
            get { return true; }
        }

        /// <summary>None: nanoFramework tells the chip's address only with its network assemblies, which are left out. A setting gives one.</summary>
        public string DeviceId
        {
            get { return null; }
        }

        /// <summary>None yet: what a machine has taught is learnt again after a reboot.</summary>
        public IStateStore Store
        {
            get { return null; }
        }

        /// <inheritdoc/>
        public void AssignPins()
        {
            Configuration.SetPinFunction(_board.Data, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(_board.Clock, DeviceFunction.I2C1_CLOCK);
            Configuration.SetPinFunction(_board.Transmit, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(_board.Receive, DeviceFunction.COM2_RX);
        }

        /// <inheritdoc/>
        public IClock CreateClock()
        {
            return new Esp32Clock();
        }

        /// <inheritdoc/>
        public IPower CreatePower(GpioController pins)
        {
            var mode = _board.IsInterruptOpen ? PinMode.InputPullDown : PinMode.Input;
            return new Esp32Power(new PinPower(pins, InterruptPin, mode), InterruptPin);
        }

        /// <summary>Opens the image in the flash partition "model".</summary>
        public Transformer OpenModel()
        {
            return Transformer.FromPartition(ModelPartition);
        }
    }
}
#endif
