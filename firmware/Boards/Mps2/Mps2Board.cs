#if NANOFRAMEWORK_1_0
using System.Device.Gpio;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards.Mps2
{
    /// <summary>QEMU's mps2-an386 with the virtual sensor of native-interop/ports/nanoclr-mps2.</summary>
    internal sealed class Mps2Board : IBoard
    {
        private const uint ModelAddress = 0x21100000;

        /// <inheritdoc/>
        public int I2cBus
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public int InterruptPin
        {
            get { return 4; }
        }

        /// <summary>An open pin: with its pull-up it is high.</summary>
        public int SwitchPin
        {
            get { return 5; }
        }

        /// <inheritdoc/>
        public string SerialPort
        {
            get { return "COM1"; }
        }

        /// <inheritdoc/>
        public bool SleepStopsSerialPort
        {
            get { return false; }
        }

        /// <summary>None: an emulated chip has none. A setting gives one.</summary>
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
            // The board has them fixed.
        }

        /// <inheritdoc/>
        public IClock CreateClock()
        {
            return new HardwareClock();
        }

        /// <inheritdoc/>
        public IPower CreatePower(GpioController pins)
        {
            return new PinPower(pins, InterruptPin);
        }

        /// <summary>Opens the image that QEMU's loader put there.</summary>
        public Transformer OpenModel()
        {
            return Transformer.FromAddress(ModelAddress);
        }
    }
}
#endif
