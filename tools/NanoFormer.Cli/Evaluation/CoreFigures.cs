using NanoFormer.Cli.Benchmarks;
using NanoFormer.Emulator;
using NanoFormer.Emulator.Footprints;
using NanoFormer.Model;

namespace NanoFormer.Cli.Evaluation;

/// <summary>What a model costs on an emulated core, with the fastest kernels of that core.</summary>
/// <param name="Core">The core.</param>
/// <param name="NotMeasured">Why nothing was measured; null when it was.</param>
/// <param name="Inference">Row of the benchmark about a whole inference; null when nothing was measured.</param>
/// <param name="Step">Row about one step of a stream; null, too, when the model does not stream.</param>
/// <param name="Kernels">Set of operators whose kernels are linked for the model.</param>
/// <param name="AllKernelsCodeBytes">Flash that code would take with the kernels of every operator.</param>
internal sealed record CoreFigures(
    string Core, string? NotMeasured, BenchmarkRow? Inference, BenchmarkRow? Step, string? Kernels, int? AllKernelsCodeBytes)
{
    /// <summary>Counts the instructions of an image's test vectors.</summary>
    /// <exception cref="CommandFailure">An output differs from the expected bytes.</exception>
    public static CoreFigures Measure(byte[] image, string coreName)
    {
        var core = CoreTarget.All.FirstOrDefault(target => target.Name == coreName);
        if (core is null)
        {
            return Missing(coreName, "there is no emulated core for it");
        }

        if (NativeBuild.MissingFor(core) is { } missing)
        {
            return Missing(coreName, missing);
        }

        var graph = ImageReader.Read(image).Graph;
        if (graph.TestVectors.Count == 0)
        {
            return Missing(coreName, "the image holds no test vectors to run");
        }

        string backend = Benchmark.BackendsOf(image, core)[0];
        var rows = Benchmark.Run(image, core, backend);
        return new CoreFigures(
            coreName,
            null,
            rows.Single(row => row.Op == BenchmarkRow.Total),
            rows.SingleOrDefault(row => row.Op == BenchmarkRow.Step),
            Footprint.For(core, backend, graph.Operators.Select(step => step.Kind), graph.Step is not null).Operators,
            new Footprint(core, backend, Footprint.All).CodeSize().Total);
    }

    private static CoreFigures Missing(string core, string reason) => new(core, reason, null, null, null, null);
}
