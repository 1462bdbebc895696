#if NANOFRAMEWORK_1_0
using System.Device.Gpio;
using nanoFramework.Hardware.Stm32;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards.Stm32
{
    /// <summary>An STM32F769I-DISCO: sensor at PB8 (SCL), PB9 (SDA) and PA0 (INT), log at COM6; the firmware fixes these pins.</summary>
    internal sealed class Stm32Board : IBoard
    {
        private const uint ModelAddress = 0x081C0000; // last flash sector, see nfproj/partitions

        /// <inheritdoc/>
        public int I2cBus
        {
            get { return 1; }
        }

        /// <summary>PA0, the first wake-up pin.</summary>
        public int InterruptPin
        {
            get { return 0; }
        }

        /// <summary>PJ1, the Arduino connector's D2.</summary>
        public int SwitchPin
        {
            get { return (9 * 16) + 1; }
        }

        /// <inheritdoc/>
        public string SerialPort
        {
            get { return "COM6"; }
        }

        /// <summary>The 96 bits that ST writes into each chip, as 24 hexadecimal digits.</summary>
        public string DeviceId
        {
            get
            {
                string id = "";
                foreach (byte part in Utilities.UniqueDeviceId)
                {
                    id += part.ToString("X2");
                }

                return id;
            }
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
            return new Stm32Power(new PinPower(pins, InterruptPin));
        }

        /// <summary>Opens the image in the last sector of the flash.</summary>
        public Transformer OpenModel()
        {
            return Transformer.FromAddress(ModelAddress);
        }
    }
}
#endif
