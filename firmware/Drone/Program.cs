using NanoFormer.Boards;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Drone
{
    /// <summary>The drone on real hardware.</summary>
    public static class Program
    {
        private static readonly DroneSettings Settings = new DroneSettings();
        private static readonly IBoard Board = ThisBoard.Create();

        /// <summary>Runs forever.</summary>
        public static void Main()
        {
            new DeviceHost(Board, DroneApplication.Firmware, Settings, Run).RunForEver();
        }

        private static void Run(BoardAccess board, Transformer transformer)
        {
            using (var arm = new PinArmSwitch(board.Pins, Board.SwitchPin))
            {
                new DroneApplication(board, transformer, arm, Settings).Run();
            }
        }
    }
}
