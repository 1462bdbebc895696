namespace NanoFormer.Board;

/// <summary>What the native path costs; read from capture-figures.json.</summary>
/// <param name="InstructionsPerSample">Processor instructions per sample of the sensor, from its burst to the window.</param>
/// <param name="Quality">primary, secondary, derived or assumed.</param>
/// <param name="Source">Where the figure comes from.</param>
public sealed record CaptureFigures(int InstructionsPerSample, string Quality, string Source)
{
    /// <summary>The shipped figures.</summary>
    public static CaptureFigures Shipped { get; } = EmbeddedData.ReadJson<CaptureFigures>("capture-figures.json");
}
