using NanoFormer.Data.Import;

namespace NanoFormer.Training.Configuration;

/// <summary>How to make windows from CSV files, when the data set is such a file or a folder of them.</summary>
public sealed record CsvDataOptions : RecordingDataOptions
{
    /// <summary>The columns; label and subject are required.</summary>
    public required CsvSourceOptions Columns { get; init; }
}
