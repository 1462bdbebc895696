namespace NanoFormer.Data.Storage;

/// <summary>Names of the formats this library writes (README.md).</summary>
internal static class StoredFormat
{
    /// <summary>Recordings with a label for each sample.</summary>
    public const string Recordings = "nanoformer-recordings-1";

    /// <summary>Windows of equal length in parts: train and test, or calibration.</summary>
    public const string Windows = "nanoformer-windows-1";

    public const string SignalKey = "signal";

    public const string RowsKey = "rows";
}
