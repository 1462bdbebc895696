#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Esp32
{
    /// <summary>An ESP32 module: sensor at GPIO 21 (SDA), 22 (SCL) and 4 (INT), switch at 13, log at 17 (TX) and 16 (RX).</summary>
    internal static class Esp32Module
    {
        internal static Esp32Pins Pins
        {
            get
            {
                return new Esp32Pins
                {
                    Data = 21,
                    Clock = 22,
                    Interrupt = 4,
                    Switch = 13,
                    Transmit = 17,
                    Receive = 16,
                };
            }
        }
    }
}
#endif
