#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Stm32
{
    /// <summary>What a board with an STM32 leaves to choose; the firmware fixes the pins of its buses and ports.</summary>
    internal sealed class Stm32Pins
    {
        /// <summary>I2C bus of the sensor.</summary>
        internal int I2cBus { get; set; }

        /// <summary>The application's switch: 16 times the port, counted from A, and the pin.</summary>
        internal int Switch { get; set; }

        /// <summary>Serial port of the log.</summary>
        internal string SerialPort { get; set; }

        /// <summary>Where the model lies: the last sector of the flash, see nfproj/partitions.</summary>
        internal uint ModelAddress { get; set; }
    }
}
#endif
