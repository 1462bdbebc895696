using System.Device.Gpio;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Opens a capture of the board's sensor; bus, address and pin of the settings are the board's to fill in.</summary>
    public delegate Capture CaptureOpener(CaptureSettings settings);

    /// <summary>A board's open parts, for an application to work with.</summary>
    public sealed class BoardAccess
    {
        /// <summary>The sensor's registers.</summary>
        public IRegisterBus Bus { get; set; }

        /// <summary>Opens the native path from the sensor.</summary>
        public CaptureOpener OpenCapture { get; set; }

        /// <summary>The board's time.</summary>
        public IClock Clock { get; set; }

        /// <summary>The board's sleeps.</summary>
        public IPower Power { get; set; }

        /// <summary>The log's serial port.</summary>
        public ILineSink Sink { get; set; }

        /// <summary>What outlives a reboot; null where the board has no such place.</summary>
        public IStateStore Store { get; set; }

        /// <summary>Shows an instrument what the host is doing; null where none looks.</summary>
        public IPhaseMarker Phases { get; set; }

        /// <summary>The board's pins; null where the application needs none.</summary>
        public GpioController Pins { get; set; }
    }
}
