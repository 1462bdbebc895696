#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Esp32
{
    /// <summary>An M5Core2: its own MPU6886 at GPIO 21 (SDA) and 22 (SCL), log at port C: 14 (TX) and 13 (RX), switch at port B: 26.</summary>
    /// <remarks>https://docs.m5stack.com/en/core/core2, pin map. It names no pin for the INT of the MPU6886; GPIO 27 is free on its M-Bus. 16 and 17 are its PSRAM.</remarks>
    internal static class M5Core2
    {
        internal static Esp32Pins Pins
        {
            get
            {
                return new Esp32Pins
                {
                    Data = 21,
                    Clock = 22,
                    Interrupt = 27,
                    IsInterruptOpen = true,
                    Switch = 26,
                    Transmit = 14,
                    Receive = 13,
                };
            }
        }
    }
}
#endif
