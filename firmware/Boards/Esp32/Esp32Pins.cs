#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Esp32
{
    /// <summary>The pins of a board with an ESP32, by their GPIO numbers.</summary>
    internal sealed class Esp32Pins
    {
        /// <summary>SDA of the sensor.</summary>
        internal int Data { get; set; }

        /// <summary>SCL of the sensor.</summary>
        internal int Clock { get; set; }

        /// <summary>INT of the sensor; an RTC pin, as one that ends deep sleep must be.</summary>
        internal int Interrupt { get; set; }

        /// <summary>No wire leads from INT to the pin: it is held low, and motion is polled for.</summary>
        internal bool IsInterruptOpen { get; set; }

        /// <summary>The application's switch.</summary>
        internal int Switch { get; set; }

        /// <summary>TX of the log.</summary>
        internal int Transmit { get; set; }

        /// <summary>RX of the log.</summary>
        internal int Receive { get; set; }
    }
}
#endif
