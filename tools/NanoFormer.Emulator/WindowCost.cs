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
        WindowCost[] counts = [.. graph.TestVectors.Select(vector =>
        {
            Run(core, graph, vector, output);
            return new WindowCost(core.LastInstructions, core.LastCycles);
        })];
        return new WindowCost(
            (long)Math.Round(counts.Average(count => count.Instructions)),
            counts.Average(count => count.Cycles) is { } cycles ? (long)Math.Round(cycles) : null);
    }

    private static void Run(EmulatedCore core, Graph graph, TestVector vector, sbyte[] output)
    {
        if (graph.Window.ElementType == ElementType.Int8)
        {
            core.Run((sbyte[])[.. vector.Window.Select(value => (sbyte)value)], output);
            return;
        }

        core.Run((short[])[.. vector.Window], output);
    }
}
