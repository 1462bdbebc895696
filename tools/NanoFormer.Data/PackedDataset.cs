namespace NanoFormer.Data;

/// <summary>
/// A folder with <c>header.json</c> and gzipped little-endian int16 or float32 files: windows with a fixed split, or recordings.
/// Every file is checked against the SHA-256 in the header before it is used.
/// </summary>
public sealed class PackedDataset
{
    private readonly PackedFolder _folder;

    private PackedDataset(PackedFolder folder) => _folder = folder;

    /// <summary>The name the header gives.</summary>
    public string Name => _folder.Header.Name;

    /// <summary>
    /// True when the set holds windows (<see cref="ReadWindows"/>), false when it holds recordings (<see cref="ReadRecordings"/>).
    /// </summary>
    public bool HasWindows => _folder.Header.Files.ContainsKey("rows");

    /// <summary>The parts of a set of windows: <c>train</c> and <c>test</c>, or <c>calibration</c>.</summary>
    public IReadOnlyList<string> WindowParts => HasWindows ? [.. _folder.Header.Files.Keys.Where(key => key != "rows")] : [];

    /// <summary>Opens the data set in a folder; reads only its header.</summary>
    /// <exception cref="DataException">The header is missing or cannot be understood.</exception>
    public static PackedDataset Open(string folder) => new(new PackedFolder(folder));

    /// <summary>The windows of one part of the official split.</summary>
    /// <param name="split"><c>train</c> or <c>test</c>, or another of <see cref="WindowParts"/>.</param>
    /// <exception cref="DataException">A file is missing, damaged or of the wrong length.</exception>
    public WindowSet ReadWindows(string split) => PackedWindows.Read(_folder, split);

    /// <summary>All recordings, in the order of the header.</summary>
    /// <exception cref="DataException">A file is missing, damaged or of the wrong length.</exception>
    public IReadOnlyList<Recording> ReadRecordings() => PackedRecordings.Read(_folder);
}
