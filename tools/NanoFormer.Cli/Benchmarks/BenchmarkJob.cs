using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>One image to measure on one core with one of its backends.</summary>
/// <param name="Image">The image as it was given.</param>
/// <param name="Core">The emulated core.</param>
/// <param name="Backend">Kernels.</param>
/// <param name="Pack">Whether it gets its packed section before.</param>
internal sealed record BenchmarkJob(byte[] Image, CoreTarget Core, string Backend, bool Pack)
{
    /// <summary>Measures it: rows of the operators, of a step where the model streams, and of the whole.</summary>
    public IReadOnlyList<BenchmarkRow> Run() => Benchmark.Run(Pack ? PackedSection.Append(Image) : Image, Core, Backend);
}
