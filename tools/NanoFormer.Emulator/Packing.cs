using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Emulator;

/// <summary>Flash against cycles: an image without and with its packed section, and what a window costs on a core with each.</summary>
/// <param name="Core">The core, which runs its fastest kernels.</param>
/// <param name="ImageBytes">Bytes of the image without the section.</param>
/// <param name="PackedImageBytes">Bytes with it.</param>
/// <param name="Cost">The window without it; null when it was not counted.</param>
/// <param name="PackedCost">The window with it; null when it was not counted.</param>
/// <param name="NotCounted">Why nothing was counted; null when it was.</param>
public sealed record Packing(
    CoreTarget Core, int ImageBytes, long PackedImageBytes, WindowCost? Cost, WindowCost? PackedCost, string? NotCounted)
{
    /// <summary>Counts an image, packed or not, both ways.</summary>
    /// <exception cref="ModelImageException">It is no valid image.</exception>
    /// <exception cref="EmulatorException">The emulated core does not answer.</exception>
    public static Packing Of(byte[] image, CoreTarget core)
    {
        byte[] plain = PackedSection.Remove(image);
        var graph = ImageReader.Read(plain).Graph;
        var sizes = new Packing(core, plain.Length, plain.Length + PackedSection.BytesOf(graph), null, null, null);
        string? reason = graph.TestVectors.Count == 0 ? "the image holds no test vectors to run" : NativeBuild.MissingFor(core);
        if (reason is not null)
        {
            return sizes with { NotCounted = reason };
        }

        try
        {
            return sizes with { Cost = WindowCost.Of(plain, core), PackedCost = WindowCost.Of(PackedSection.Append(plain), core) };
        }
        catch (Exception fault) when (fault is TransformerException or ModelImageException)
        {
            return sizes with { NotCounted = "it is too large for the emulated board" };
        }
    }

    /// <summary>
    /// Whether a board should hold the packed image: it fits, and takes fewer cycles (instructions, on a core without a model of cycles).
    /// What was not counted stays as it is.
    /// </summary>
    /// <param name="flashBytes">Room for the image; null where nothing limits it.</param>
    public bool IsWorth(long? flashBytes) =>
        PackedCost is { } packed && packed.Time < Cost!.Time && PackedImageBytes <= (flashBytes ?? long.MaxValue);
}
