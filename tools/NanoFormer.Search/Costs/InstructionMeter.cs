using NanoFormer.Emulator;

namespace NanoFormer.Search.Costs;

/// <summary>
/// Instructions of a window on a core with its fastest kernels: counted exactly on the emulated core where it is available, otherwise
/// estimated from the multiply-accumulates.
/// </summary>
public sealed class InstructionMeter
{
    // Least squares over networks of this space, counted on a Cortex-M4 (README.md).
    private const double InstructionsPerMac = 1.4;
    private const long InstructionsBeside = 80_000;

    // Instructions for each of a Cortex-M4's, of wearable-har (native-interop/BENCHMARKS.md).
    private static readonly Dictionary<CoreTarget, double> Ratios = new()
    {
        [CoreTarget.CortexM55] = 0.29,
        [CoreTarget.Rv32] = 2.96,
        [CoreTarget.Xtensa] = 2.29,
    };

    /// <summary>Counts on a core; on a Cortex-M4 when null.</summary>
    public InstructionMeter(CoreTarget? core = null)
    {
        Core = core ?? CoreTarget.CortexM4;
        NotCounted = NativeBuild.MissingFor(Core);
    }

    /// <summary>The core.</summary>
    public CoreTarget Core { get; }

    /// <summary>Why instructions are estimated; null when they are counted.</summary>
    public string? NotCounted { get; }

    /// <summary>Instructions of a window of an image, the mean over its test vectors, and with them the choice between flash and cycles.</summary>
    /// <param name="image">The image, not packed.</param>
    /// <param name="macs">Its multiply-accumulates.</param>
    /// <param name="flashBytes">Room for it; null where nothing limits it.</param>
    /// <returns>Bytes and instructions of the image that the device would get; whether it is packed; whether instructions were counted.</returns>
    /// <exception cref="EmulatorException">The emulated core does not answer.</exception>
    public (int ImageBytes, long Instructions, bool IsPacked, bool IsCounted) Measure(byte[] image, long macs, long? flashBytes)
    {
        var packing = Packing.Of(image, Core);
        return packing switch
        {
            { Cost: null } => (image.Length, Estimate(macs), false, false),
            _ when packing.IsWorth(flashBytes) => ((int)packing.PackedImageBytes, packing.PackedCost!.Instructions, true, true),
            { Cost: { } cost } => (image.Length, cost.Instructions, false, true),
        };
    }

    /// <summary>The estimate for a number of multiply-accumulates.</summary>
    public long Estimate(long macs) =>
        (long)(Ratios.GetValueOrDefault(Core, 1) * (InstructionsBeside + (long)(InstructionsPerMac * macs)));
}
