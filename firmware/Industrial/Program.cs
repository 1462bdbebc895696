using NanoFormer.Boards;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Industrial
{
    /// <summary>The machine monitor on real hardware.</summary>
    public static class Program
    {
        private static readonly IndustrialSettings Settings = new IndustrialSettings();

        /// <summary>Runs forever.</summary>
        public static void Main()
        {
            new DeviceHost(ThisBoard.Create(), IndustrialApplication.Firmware, Settings, Run).RunForEver();
        }

        private static void Run(BoardAccess board, Transformer transformer)
        {
            new IndustrialApplication(board, transformer, Settings).Run(0);
        }
    }
}
