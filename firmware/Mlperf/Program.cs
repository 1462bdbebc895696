using NanoFormer.Boards;

namespace NanoFormer.Mlperf
{
    /// <summary>The device under test on real hardware.</summary>
    public static class Program
    {
        private static readonly BenchmarkSettings Settings = new BenchmarkSettings();

        /// <summary>Runs forever.</summary>
        public static void Main()
        {
            new BenchmarkHost(ThisBoard.Create(), Settings).Run();
        }
    }
}
