using NanoFormer.Cli.Benchmarks;
using NanoFormer.Cli.Commands;
using NanoFormer.Emulator;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>The whole benchmark, measured once: every model on every core with every backend.</summary>
public sealed class BenchmarkRun
{
    private readonly Lazy<IReadOnlyList<BenchmarkRow>> _rows = new(Measure);

    /// <summary>Its rows; skips the test where a core cannot run.</summary>
    internal IReadOnlyList<BenchmarkRow> Rows()
    {
        foreach (var core in CoreTarget.All)
        {
            Native.RequireCore(core);
        }

        return _rows.Value;
    }

    private static IReadOnlyList<BenchmarkRow> Measure() =>
    [
        .. new BenchmarkSuite(BenchCommand.AllImages(), CoreTarget.All, null).Jobs()
            .SelectMany(job => job.Run()),
    ];
}
