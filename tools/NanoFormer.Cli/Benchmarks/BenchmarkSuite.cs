using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>Which images, cores and backends are measured.</summary>
/// <param name="Images">Model images.</param>
/// <param name="Cores">Emulated cores.</param>
/// <param name="Backend">The backend to measure with; every one of the core when null.</param>
internal sealed record BenchmarkSuite(IReadOnlyList<byte[]> Images, IReadOnlyList<CoreTarget> Cores, string? Backend)
{
    /// <summary>Measurements to make, each giving several rows; images that are not packed both ways where the kernels read packed weights.</summary>
    /// <exception cref="ModelImageException">One of the images is none.</exception>
    public IReadOnlyList<BenchmarkJob> Jobs()
    {
        var images = Images.Select(image => (Bytes: image, IsPacked: ImageReader.Read(image).PackedBytes > 0)).ToArray();
        return
        [
            .. from core in Cores
               from backend in Backends(core)
               from image in images
               from pack in backend.ReadsPacked && !image.IsPacked ? new[] { false, true } : [false]
               select new BenchmarkJob(image.Bytes, core, backend.Name, pack),
        ];
    }

    private IEnumerable<(string Name, bool ReadsPacked)> Backends(CoreTarget core)
    {
        var built = Benchmark.BackendsOf(Images[0], core);
        return built.Where(name => name == (Backend ?? name)).Select(name => (name, core.ReadsPacked && name == built[0]));
    }
}
