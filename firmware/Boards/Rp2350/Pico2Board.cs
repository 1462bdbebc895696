#if NANOFRAMEWORK_1_0
using System.Device.Gpio;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards.Rp2350
{
    /// <summary>A Raspberry Pi Pico 2: sensor at GP4 (SDA), GP5 (SCL) and GP22 (INT), switch at GP15, log at GP0 (TX) and GP1 (RX).</summary>
    /// <remarks>nf-interpreter, targets/ChibiOS/PICO2_RP2350. nanoFramework offers it no sleep: it idles.</remarks>
    internal sealed class Pico2Board : IBoard
    {
        private const uint ModelAddress = 0x103C0000; // the end of the deployment area, see nfproj/partitions

        /// <summary>I2C0: this chip's buses are counted from 0.</summary>
        public int I2cBus
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        public int InterruptPin
        {
            get { return 22; }
        }

        /// <inheritdoc/>
        public int SwitchPin
        {
            get { return 15; }
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

        /// <summary>None: nanoFramework does not tell it on this chip. A setting gives one.</summary>
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
            // The firmware did.
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

        /// <summary>Opens the image at the end of the deployment area.</summary>
        public Transformer OpenModel()
        {
            return Transformer.FromAddress(ModelAddress);
        }
    }
}
#endif
