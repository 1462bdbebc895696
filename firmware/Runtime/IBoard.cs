using System.Device.Gpio;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>What differs between the boards: pins and ports, clock, sleeps.</summary>
    public interface IBoard
    {
        /// <summary>I2C bus of the sensor.</summary>
        int I2cBus { get; }

        /// <summary>Pin that the sensor's INT drives; one that can end the board's deep sleep.</summary>
        int InterruptPin { get; }

        /// <summary>A pin that is free for an application's switch.</summary>
        int SwitchPin { get; }

        /// <summary>Name of the log's serial port.</summary>
        string SerialPort { get; }

        /// <summary>Whether the serial port stands still while the board sleeps: a line must have left before.</summary>
        bool SleepStopsSerialPort { get; }

        /// <summary>The chip's unique id; null where it cannot be read.</summary>
        string DeviceId { get; }

        /// <summary>What outlives a reboot; null where the board has no such place.</summary>
        IStateStore Store { get; }

        /// <summary>Gives the pins of bus and port their functions, where the board leaves that to the program.</summary>
        void AssignPins();

        /// <summary>The board's time; to be called once.</summary>
        IClock CreateClock();

        /// <summary>The board's sleeps, ended by <see cref="InterruptPin"/>; to be disposed when it can be.</summary>
        IPower CreatePower(GpioController pins);

        /// <summary>Opens the model where the board keeps it.</summary>
        /// <exception cref="TransformerException">There is no image, or it is refused.</exception>
        Transformer OpenModel();
    }
}
