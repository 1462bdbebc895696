using System.Globalization;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>What this engine is to reach; fields that are null do not bind.</summary>
/// <param name="Model">Benchmark model.</param>
/// <param name="Op">Row of the benchmark; the total when null.</param>
/// <param name="Cores">Cores it holds for.</param>
/// <param name="Backend">Kernels it is asked of; the best of the core when null.</param>
/// <param name="Packed">Whether it is asked of the image with its packed section.</param>
/// <param name="Instructions">Limit of instructions.</param>
/// <param name="Cycles">Limit of estimated cycles.</param>
/// <param name="InstructionsPerMac">Limit of instructions per multiply-accumulate.</param>
/// <param name="ArenaBytes">At most so much arena.</param>
/// <param name="CodeBytes">At most so much flash for code.</param>
internal sealed record Goal(
    string Model,
    string? Op,
    IReadOnlyList<string> Cores,
    string? Backend,
    bool Packed,
    long? Instructions,
    long? Cycles,
    double? InstructionsPerMac,
    int? ArenaBytes,
    int? CodeBytes)
{
    /// <summary>What is asked, in words.</summary>
    public string Asked() => Words(Instructions, Cycles, InstructionsPerMac, ArenaBytes, CodeBytes);

    /// <summary>The same of a row.</summary>
    public string Measured(BenchmarkRow row) => Words(
        Instructions is null ? null : row.Instructions,
        Cycles is null ? null : row.Cycles,
        InstructionsPerMac is null ? null : row.InstructionsPerMac,
        ArenaBytes is null ? null : row.ArenaBytes,
        CodeBytes is null ? null : row.CodeBytes);

    /// <summary>Whether it is about a row.</summary>
    public bool Covers(BenchmarkRow row) =>
        row.Model == Model && row.Op == (Op ?? BenchmarkRow.Total) && row.Packed == Packed && Cores.Contains(row.Core) && row.Backend == (Backend ?? row.Backend);

    /// <summary>Whether a row it covers reaches it.</summary>
    public bool IsReachedBy(BenchmarkRow row) =>
        !(row.Instructions > Instructions) && (Cycles is null || row.Cycles <= Cycles) && !(row.InstructionsPerMac > InstructionsPerMac)
        && !(row.ArenaBytes > ArenaBytes) && (CodeBytes is null || row.CodeBytes <= CodeBytes);

    private static string Words(long? instructions, long? cycles, double? perMac, int? arena, int? code)
    {
        string?[] parts =
        [
            instructions is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} instructions") : null,
            cycles is { } estimate ? string.Create(CultureInfo.InvariantCulture, $"{estimate:N0} cycles") : null,
            perMac is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} I/MAC") : null,
            arena is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes of arena") : null,
            code is { } flash ? string.Create(CultureInfo.InvariantCulture, $"{flash:N0} bytes of code") : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }
}
