using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>Measures a model on an emulated core over the test vectors in its image.</summary>
internal static class Benchmark
{
    private const string Backend = "scalar";

    /// <summary>Runs every test vector and counts.</summary>
    /// <exception cref="CommandFailure">The image holds no test vectors, or an output differs from the expected bytes.</exception>
    public static BenchmarkRow Run(ModelFile model, CoreTarget core)
    {
        var image = ImageReader.Read(model.Image);
        if (image.Graph.TestVectors.Count == 0)
        {
            throw new CommandFailure("NO_TEST_VECTORS", $"'{model.Path}' holds no test vectors to run.");
        }
        using var engine = new EmulatedCore(model.Image, core);
        var counts = image.Graph.TestVectors.Select(vector => Count(engine, vector)).ToArray();
        return new BenchmarkRow(
            image.Graph.ModelId,
            core.Name,
            Backend,
            "total",
            (long)Math.Round(counts.Average()),
            counts.Min(),
            counts.Max(),
            GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates,
            image.Plan.ArenaBytes,
            image.ImageBytes,
            engine.StackBytes);
    }

    private static long Count(EmulatedCore engine, TestVector vector)
    {
        var output = new sbyte[engine.Info.OutputCount];
        engine.Run([.. vector.Window], output);
        return output.SequenceEqual(vector.Output)
            ? engine.LastInstructions
            : throw new CommandFailure("WRONG_OUTPUT", $"{engine.Target} gave other bytes than the model's test vector.");
    }
}
