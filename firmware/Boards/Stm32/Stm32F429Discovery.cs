#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Stm32
{
    /// <summary>An STM32F429I-DISC1: sensor at PA8 (SCL), PC9 (SDA) and PA0 (INT), switch at PE4, log at COM1: PA9 (TX), PA10 (RX).</summary>
    /// <remarks>nf-interpreter, targets/ChibiOS/ST_STM32F429I_DISCOVERY. The blue button is at PA0 too: pressed, it looks like motion. COM1 leads to the ST-LINK.</remarks>
    internal static class Stm32F429Discovery
    {
        internal static Stm32Pins Pins
        {
            get
            {
                return new Stm32Pins
                {
                    I2cBus = 3,
                    Switch = (4 * 16) + 4,
                    SerialPort = "COM1",
                    ModelAddress = 0x081E0000,
                };
            }
        }
    }
}
#endif
