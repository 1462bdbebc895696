#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Esp32
{
    /// <summary>An ESP32-S3 module: sensor at GPIO 8 (SDA), 9 (SCL) and 4 (INT), switch at 13, log at 17 (TX) and 18 (RX).</summary>
    /// <remarks>It has no GPIO 22 to 25.</remarks>
    internal static class Esp32S3Module
    {
        internal static Esp32Pins Pins
        {
            get
            {
                return new Esp32Pins
                {
                    Data = 8,
                    Clock = 9,
                    Interrupt = 4,
                    Switch = 13,
                    Transmit = 17,
                    Receive = 18,
                };
            }
        }
    }
}
#endif
