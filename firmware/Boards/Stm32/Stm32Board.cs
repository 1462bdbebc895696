#if NANOFRAMEWORK_1_0
using System.Device.Gpio;
using nanoFramework.Hardware.Stm32;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards.Stm32
{
    /// <summary>A board with an STM32 whose sensor drives PA0; the rest of its pins is data.</summary>
    internal sealed class Stm32Board : IBoard
    {
        private readonly Stm32Pins _board;

        /// <summary>The board with these pins.</summary>
        internal Stm32Board(Stm32Pins board)
        {
            _board = board;
        }

        /// <inheritdoc/>
        public int I2cBus
        {
            get { return _board.I2cBus; }
        }

        /// <summary>PA0, the first wake-up pin.</summary>
        public int InterruptPin
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        public int SwitchPin
        {
            get { return _board.Switch; }
        }

        /// <inheritdoc/>
        public string SerialPort
        {
            get { return _board.SerialPort; }
        }

        /// <inheritdoc/>
        public bool SleepStopsSerialPort
        {
            get { return false; }
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
            return new Stm32Power(new PinPower(pins, InterruptPin));
        }

        /// <summary>Opens the image in the last sector of the flash.</summary>
        public Transformer OpenModel()
        {
            return Transformer.FromAddress(_board.ModelAddress);
        }
    }
}
#endif
