#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Esp32
{
    /// <summary>An M5Core2: its own MPU6886 at GPIO 21 (SDA) and 22 (SCL), log at port C: 14 (TX) and 13 (RX), switch at port B: 26.</summary>
    /// <remarks>
    /// Not tried on a board. SDA and SCL are those of https://docs.m5stack.com/en/core/core2; compare the other pins with its pin map.
    /// No pin is known for the INT of the MPU6886: the one named here is led to nothing.
    /// </remarks>
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
