using NanoFormer.Data;

namespace NanoFormer.Training.Configuration;

/// <summary>How to make windows from CSV files, when the data set is such a file or a folder of them.</summary>
public sealed record CsvDataOptions
{
    /// <summary>The columns; label and subject are required.</summary>
    public required CsvRecordingOptions Columns { get; init; }

    /// <summary>Samples in a window.</summary>
    public required int WindowSamples { get; init; }

    /// <summary>The subjects judged on; the others are learnt from.</summary>
    public required IReadOnlyList<string> TestSubjects { get; init; }
}
