using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>Which images, cores and backends are measured.</summary>
/// <param name="Images">Model images.</param>
/// <param name="Cores">Emulated cores.</param>
/// <param name="Backend">The backend to measure with; every one of the core when null.</param>
internal sealed record BenchmarkSuite(IReadOnlyList<byte[]> Images, IReadOnlyList<CoreTarget> Cores, string? Backend)
{
    /// <summary>Measurements to make, each giving several rows.</summary>
    /// <exception cref="ModelImageException">One of the images is none.</exception>
    public IReadOnlyList<(byte[] Image, CoreTarget Core, string Backend)> Jobs()
    {
        foreach (byte[] image in Images)
        {
            ImageReader.Read(image);
        }

        return [.. Cores.SelectMany(core => Backends(core).SelectMany(backend => Images.Select(image => (image, core, backend))))];
    }

    private IEnumerable<string> Backends(CoreTarget core)
    {
        var built = Benchmark.BackendsOf(Images[0], core);
        return Backend is null ? built : built.Where(name => name == Backend);
    }
}
