using System.Device.Gpio;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>A board's open parts, for an application to work with.</summary>
    public sealed class BoardAccess
    {
        internal BoardAccess(IRegisterBus bus, IClock clock, IPower power, ILineSink sink, GpioController pins)
        {
            Bus = bus;
            Clock = clock;
            Power = power;
            Sink = sink;
            Pins = pins;
        }

        /// <summary>The sensor's registers.</summary>
        public IRegisterBus Bus { get; }

        /// <summary>The board's time.</summary>
        public IClock Clock { get; }

        /// <summary>The board's sleeps.</summary>
        public IPower Power { get; }

        /// <summary>The log's serial port.</summary>
        public ILineSink Sink { get; }

        /// <summary>The board's pins.</summary>
        public GpioController Pins { get; }
    }
}
