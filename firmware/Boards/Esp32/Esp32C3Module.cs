#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Esp32
{
    /// <summary>An ESP32-C3 module: sensor at GPIO 5 (SDA), 6 (SCL) and 4 (INT), switch at 3, log at 7 (TX) and 10 (RX).</summary>
    /// <remarks>18 and 19 are its USB. The pin ends no deep sleep there: nanoFramework offers neither EXT0 nor EXT1 on it.</remarks>
    internal static class Esp32C3Module
    {
        internal static Esp32Pins Pins
        {
            get
            {
                return new Esp32Pins
                {
                    Data = 5,
                    Clock = 6,
                    Interrupt = 4,
                    Switch = 3,
                    Transmit = 7,
                    Receive = 10,
                };
            }
        }
    }
}
#endif
