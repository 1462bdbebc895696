using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Search.Costs;

/// <summary>
/// Instructions of a window on a Cortex-M4 with its fastest kernels: counted exactly on the emulated core where it can be had, otherwise
/// estimated from the multiply-accumulates.
/// </summary>
public sealed class InstructionMeter
{
    // Least squares over networks of this space, counted (README.md).
    private const double InstructionsPerMac = 1.4;
    private const long InstructionsBeside = 80_000;

    private static readonly CoreTarget Core = CoreTarget.CortexM4;

    /// <summary>Why instructions are estimated; null when they are counted.</summary>
    public string? NotCounted { get; } = NativeBuild.MissingFor(Core);

    /// <summary>Instructions of a window of an image, the mean over its test vectors, and whether they were counted.</summary>
    /// <param name="image">The image.</param>
    /// <param name="macs">Its multiply-accumulates.</param>
    /// <exception cref="EmulatorException">The emulated core does not answer.</exception>
    public (long Instructions, bool IsCounted) Measure(byte[] image, long macs) =>
        NotCounted is null && TryCount(image) is { } count ? (count, true) : (Estimate(macs), false);

    /// <summary>The estimate for a number of multiply-accumulates.</summary>
    public static long Estimate(long macs) => InstructionsBeside + (long)(InstructionsPerMac * macs);

    /// <summary>The count; null for a model that the emulated board has no memory for.</summary>
    private static long? TryCount(byte[] image)
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

    private static long Count(byte[] image)
    {
        using var core = new EmulatedCore(image, Core);
        var output = new sbyte[core.Info.OutputCount];
        return (long)Math.Round(ImageReader.Read(image).Graph.TestVectors.Average(vector =>
        {
            core.Run([.. vector.Window], output);
            return core.LastInstructions;
        }));
    }
}
