using NanoFormer.Board;
using NanoFormer.Cli.Engines;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Demo;

/// <summary>What the firmware costs beside a model's inferences: the wearable on a simulated board, with an engine that does nothing.</summary>
internal static class FirmwareCost
{
    private const int Hops = 8;
    private const int SettlingSeconds = 3;

    /// <summary>The mean of some hops; null when the firmware does not work with the model, or its code is not counted.</summary>
    public static HopCost? Measure(byte[] image)
    {
        using var engine = new IdleEngine(image);
        long samples = engine.Info.WindowSamples + ((Hops + 1L) * engine.Info.HopSamples);
        double seconds = SettlingSeconds + (samples * 1000.0 / engine.Info.RateMillihertz);
        var motion = new SyntheticWearer(1, [new(WearerActivity.Walking, seconds)]);
        using var board = new SimulatedBoard(motion);
        var watched = new WatchedEngine(engine, witness: null, board);
        var power = new BoardPower(board, DemoDevice.EndOf(motion));
        return DemoDevice.Run(board, power, EngineFactory.Reference, new Transformer(watched), motion, new WearableSettings()) ? board.Work.Hop : null;
    }

    private sealed class IdleEngine(byte[] image) : ITransformerEngine
    {
        private readonly ReferenceEngine _engine = new(image);

        public ModelInfo Info => _engine.Info;

        public void Run(short[] window, sbyte[] output)
        {
        }

        public void SelfTest()
        {
        }

        public void Dispose() => _engine.Dispose();
    }
}
