namespace NanoFormer.Flash;

/// <summary>Everything that will be written, where, and by which commands. Sizes and alignments are checked.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Firmware">Place of the firmware; null when it is not flashed.</param>
/// <param name="Model">Place of the model image.</param>
/// <param name="Application">Place of the application.</param>
/// <param name="TableImage">The partition table's binary form; null when it is not flashed.</param>
/// <param name="Steps">The commands, in order.</param>
public sealed record FlashPlan(
    FlashRequest Request,
    Placement? Firmware,
    Placement Model,
    Placement Application,
    FlashFile? TableImage,
    IReadOnlyList<FlashStep> Steps);
