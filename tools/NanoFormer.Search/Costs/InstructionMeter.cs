using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Model;

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

    /// <summary>Instructions of a window of an image, the mean over its test vectors, and whether they were counted.</summary>
    /// <param name="image">The image.</param>
    /// <param name="macs">Its multiply-accumulates.</param>
    /// <exception cref="EmulatorException">The emulated core does not answer.</exception>
    public (long Instructions, bool IsCounted) Measure(byte[] image, long macs) =>
        NotCounted is null && TryCount(image) is { } count ? (count, true) : (Estimate(macs), false);

    /// <summary>The estimate for a number of multiply-accumulates.</summary>
    public long Estimate(long macs) =>
        (long)(Ratios.GetValueOrDefault(Core, 1) * (InstructionsBeside + (long)(InstructionsPerMac * macs)));

    /// <summary>The count; null for a model that the emulated board has no memory for.</summary>
    private long? TryCount(byte[] image)
    {
        try
        {
            return Count(image);
        }
        catch (TransformerException)
        {
            return null;
        }
    }

    private long Count(byte[] image)
    {
        using var core = new EmulatedCore(image, Core);
        sbyte[] output = new sbyte[core.Info.OutputCount];
        return (long)Math.Round(ImageReader.Read(image).Graph.TestVectors.Average(vector =>
        {
            core.Run([.. vector.Window], output);
            return core.LastInstructions;
        }));
    }
}
