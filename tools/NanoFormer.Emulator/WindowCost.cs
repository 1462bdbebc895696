using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Emulator;

/// <summary>What a window costs on a core with its fastest kernels: the mean over the test vectors of an image.</summary>
/// <param name="Instructions">Counted exactly.</param>
/// <param name="Cycles">Modelled (ports/qemu-count/README.md); null for cores without a model of them.</param>
public sealed record WindowCost(long Instructions, long? Cycles)
{
    /// <summary>Cycles, or instructions where there are none: to compare two costs on the same core.</summary>
    public long Time => Cycles ?? Instructions;

    /// <summary>Counts an image that has test vectors.</summary>
    /// <exception cref="TransformerException">The core refuses the image, as for lack of memory.</exception>
    /// <exception cref="EmulatorException">The emulated core is missing or does not answer.</exception>
    public static WindowCost Of(byte[] image, CoreTarget target)
    {
        var graph = ImageReader.Read(image).Graph;
        using var core = new EmulatedCore(image, target);
        sbyte[] output = new sbyte[core.Info.OutputCount];
        return Mean([.. graph.TestVectors.Select(vector => Of(core, graph.ValuesOf(vector), output))]);
    }

    /// <summary>Runs and counts one window.</summary>
    /// <exception cref="TransformerException">The window or the output has the wrong length.</exception>
    /// <exception cref="EmulatorException">The core does not answer.</exception>
    public static WindowCost Of(EmulatedCore core, Array window, sbyte[] output)
    {
        core.Run(window, output);
        return new WindowCost(core.LastInstructions, core.LastCycles);
    }

    /// <summary>The mean of one or more, of the same core.</summary>
    public static WindowCost Mean(IReadOnlyCollection<WindowCost> counts) => new(
        (long)Math.Round(counts.Average(count => count.Instructions)),
        counts.Average(count => count.Cycles) is { } cycles ? (long)Math.Round(cycles) : null);
}
