namespace NanoFormer.Board;

/// <summary>Instructions that a device executes from one inference to the next, by who causes them; null where nobody counted.</summary>
/// <param name="Inference">The engine's run.</param>
/// <param name="Capture">The native path from the sensor to the window.</param>
/// <param name="Managed">Interpreted C#: an estimate from exact counts (<see cref="ManagedFigures"/>).</param>
public sealed record HopCost(long? Inference, long? Capture, long? Managed)
{
    /// <summary>Estimated cycles of the inference; null where there is no model of the core's.</summary>
    public long? InferenceCycles { get; init; }

    /// <summary>All that was counted; null without an inference.</summary>
    public long? Total => Inference + (Capture ?? 0) + (Managed ?? 0);
}
