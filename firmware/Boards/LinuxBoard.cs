#if !NANOFRAMEWORK_1_0
using System;
using System.Device.Gpio;
using System.IO;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Boards
{
    /// <summary>A Linux single-board computer with .NET, wired as a Raspberry Pi's header is. It sleeps by idling.</summary>
    internal sealed class LinuxBoard : IBoard
    {
        private const string ModelVariable = "NANOFORMER_MODEL";
        private const string StateVariable = "NANOFORMER_STATE";

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
            get { return 17; }
        }

        /// <inheritdoc/>
        public string SerialPort
        {
            get { return "/dev/serial0"; }
        }

        /// <inheritdoc/>
        public bool SleepStopsSerialPort
        {
            get { return false; }
        }

        /// <summary>None: boards differ in where they show it. A setting gives one.</summary>
        public string DeviceId
        {
            get { return null; }
        }

        /// <summary>The file that the environment variable NANOFORMER_STATE names; null when it names none.</summary>
        public IStateStore Store
        {
            get
            {
                string path = Environment.GetEnvironmentVariable(StateVariable);
                return path == null ? null : new FileStore(path);
            }
        }

        /// <inheritdoc/>
        public void AssignPins()
        {
            // The device tree did.
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

        /// <summary>Opens the image that the environment variable NANOFORMER_MODEL names.</summary>
        public Transformer OpenModel()
        {
            return new Transformer(new HostEngine(File.ReadAllBytes(Environment.GetEnvironmentVariable(ModelVariable))));
        }
    }
}
#endif
