using NanoFormer.Boards;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Wearable
{
    /// <summary>The wearable on real hardware.</summary>
    public static class Program
    {
        private static readonly WearableSettings Settings = new WearableSettings();

        /// <summary>Runs forever.</summary>
        public static void Main()
        {
            new DeviceHost(ThisBoard.Create(), WearableApplication.Firmware, Settings, Run).RunForEver();
        }

        private static void Run(BoardAccess board, Transformer transformer)
        {
            new WearableApplication(board, transformer, Settings).Run(0);
        }
    }
}
