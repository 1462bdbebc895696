#if NANOFRAMEWORK_1_0
namespace NanoFormer.Boards.Stm32
{
    /// <summary>An STM32F769I-DISCO: sensor at PB8 (SCL), PB9 (SDA) and PA0 (INT), switch at PJ1 (Arduino D2), log at COM6.</summary>
    /// <remarks>nf-interpreter, targets/ChibiOS/ST_STM32F769I_DISCOVERY.</remarks>
    internal static class Stm32F769Discovery
    {
        internal static Stm32Pins Pins
        {
            get
            {
                return new Stm32Pins
                {
                    I2cBus = 1,
                    Switch = (9 * 16) + 1,
                    SerialPort = "COM6",
                    ModelAddress = 0x081C0000,
                };
            }
        }
    }
}
#endif
