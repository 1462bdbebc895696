using NanoFormer.Runtime;
#if NANOFORMER_ESP32
using NanoFormer.Boards.Esp32;
#elif NANOFORMER_STM32
using NanoFormer.Boards.Stm32;
#elif NANOFORMER_RP2350
using NanoFormer.Boards.Rp2350;
#elif NANOFORMER_MPS2
using NanoFormer.Boards.Mps2;
#endif

namespace NanoFormer.Boards
{
    /// <summary>
    /// The board that the project's symbols name (nfproj/board.props): a family, NANOFORMER_ESP32, NANOFORMER_STM32, NANOFORMER_RP2350 or
    /// NANOFORMER_MPS2 (emulated), and a board of it; without any, .NET on Linux.
    /// </summary>
    internal static class ThisBoard
    {
        internal static IBoard Create()
        {
#if NANOFORMER_ESP32_S3
            return new Esp32Board(Esp32S3Module.Pins);
#elif NANOFORMER_ESP32_C3
            return new Esp32Board(Esp32C3Module.Pins);
#elif NANOFORMER_M5STICKC_PLUS
            return new Esp32Board(M5StickCPlus.Pins);
#elif NANOFORMER_M5CORE2
            return new Esp32Board(M5Core2.Pins);
#elif NANOFORMER_ESP32
            return new Esp32Board(Esp32Module.Pins);
#elif NANOFORMER_STM32F429
            return new Stm32Board(Stm32F429Discovery.Pins);
#elif NANOFORMER_STM32
            return new Stm32Board(Stm32F769Discovery.Pins);
#elif NANOFORMER_RP2350
            return new Pico2Board();
#elif NANOFORMER_MPS2
            return new Mps2Board();
#else
            return new LinuxBoard();
#endif
        }
    }
}
