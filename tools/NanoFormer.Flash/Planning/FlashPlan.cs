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

/// <summary>One call of nanoff.</summary>
/// <param name="Title">What it writes.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record FlashStep(string Title, IReadOnlyList<string> Arguments)
{
    /// <summary>The command to type in a shell.</summary>
    public string Command => string.Join(' ', Arguments.Select(Shell.Quoted).Prepend(Nanoff.Name));
}

/// <summary>A file's place in flash.</summary>
/// <param name="File">The file.</param>
/// <param name="Region">Name of the partition, or of the file that contains it.</param>
/// <param name="Address">Address of its first byte.</param>
/// <param name="RoomBytes">Bytes of the region.</param>
public sealed record Placement(FlashFile File, string Region, long Address, long RoomBytes)
{
    /// <summary>Bytes of the file.</summary>
    public int Bytes => File.Bytes.Length;
}
