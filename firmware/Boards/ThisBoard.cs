using NanoFormer.Runtime;
#if NANOFORMER_ESP32
using NanoFormer.Boards.Esp32;
#elif NANOFORMER_STM32
using NanoFormer.Boards.Stm32;
#elif NANOFORMER_MPS2
using NanoFormer.Boards.Mps2;
#endif

namespace NanoFormer.Boards
{
    /// <summary>The board that the project's symbol names: NANOFORMER_ESP32, NANOFORMER_STM32, NANOFORMER_MPS2 (emulated), or none for .NET on Linux.</summary>
    internal static class ThisBoard
    {
        internal static IBoard Create()
        {
#if NANOFORMER_ESP32
            return new Esp32Board();
#elif NANOFORMER_STM32
            return new Stm32Board();
#elif NANOFORMER_MPS2
            return new Mps2Board();
#else
            return new LinuxBoard();
#endif
        }
    }
}
