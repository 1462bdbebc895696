#if NANOFRAMEWORK_1_0
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards.Esp32
{
    /// <summary>An ESP32 module: sensor at GPIO 21 (SDA), 22 (SCL) and 4 (INT), switch at 13, log at 17 (TX) and 16 (RX).</summary>
    /// <remarks>GPIO 4 is an RTC pin of the ESP32, its S2, S3 and C6, as a pin that ends deep sleep must be.</remarks>
    internal sealed class Esp32Board : IBoard
    {
        private const int DataPin = 21;
        private const int ClockPin = 22;
        private const int TransmitPin = 17;
        private const int ReceivePin = 16;
        private const string ModelPartition = "model";

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

        /// <inheritdoc/>
        public int SwitchPin
        {
            get { return 13; }
        }

        /// <inheritdoc/>
        public string SerialPort
        {
            get { return "COM2"; }
        }

        /// <summary>None: nanoFramework tells the chip's address only with its network assemblies, which are left out. A setting gives one.</summary>
        public string DeviceId
        {
            get { return null; }
        }

        /// <inheritdoc/>
        public void AssignPins()
        {
            Configuration.SetPinFunction(DataPin, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(ClockPin, DeviceFunction.I2C1_CLOCK);
            Configuration.SetPinFunction(TransmitPin, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(ReceivePin, DeviceFunction.COM2_RX);
        }

        /// <inheritdoc/>
        public IClock CreateClock()
        {
            return new Esp32Clock();
        }

        /// <inheritdoc/>
        public IPower CreatePower(GpioController pins)
        {
            return new Esp32Power(new PinPower(pins, InterruptPin), InterruptPin);
        }

        /// <summary>Opens the image in the flash partition "model".</summary>
        public Transformer OpenModel()
        {
            return Transformer.FromPartition(ModelPartition);
        }
    }
}
#endif
