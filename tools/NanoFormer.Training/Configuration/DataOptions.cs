using System.ComponentModel.DataAnnotations;
using NanoFormer.Data.Import;

namespace NanoFormer.Training.Configuration;

/// <summary>What a model learns from, besides the data set named on the command line.</summary>
public sealed record DataOptions
{
    /// <summary>Whom the data is owed to, and on what terms: a sentence for the card.</summary>
    public required string Credit { get; init; }

    /// <summary>How to read a data set of CSV files; null when it is a packed one.</summary>
    public CsvDataOptions? Csv { get; init; }

    /// <summary>How to cut a packed data set of recordings; null when it holds windows.</summary>
    public RecordingDataOptions? Recordings { get; init; }

    /// <summary>
    /// Folders of packed recordings, relative to the data set's folder, whose raw signals are cut into windows and added: the train
    /// recordings for training, the test recordings as a second, separately reported test. Empty to do without.
    /// </summary>
    public IReadOnlyList<string> RawRecordings { get; init; } = [];

    /// <summary>
    /// Samples between two windows cut from them to learn from; 0 for the device's hop, with which those to judge on are cut.
    /// </summary>
    [Range(0, 8192)]
    public int RawHopSamples { get; init; }

    /// <summary>Unit of the raw channels that lose their slow mean (a gyroscope's offset), such as <c>rad/s</c>; empty for none.</summary>
    public string SlowMeanUnit { get; init; } = "";

    /// <summary>Corner frequency of that slow mean.</summary>
    [Range(1e-3, 10)]
    public double SlowMeanHz { get; init; } = 0.1;

    /// <summary>Train subjects held out when the settings are being chosen; the final training uses them like the others.</summary>
    public IReadOnlyList<string> ValidationSubjects { get; init; } = [];

    /// <summary>
    /// Train subjects that the network never learns from: their healthy windows set the alarm's threshold. Empty to take the training
    /// windows, on which a score is lower than on any others.
    /// </summary>
    public IReadOnlyList<string> AlarmSubjects { get; init; } = [];
}

/// <summary>How to make windows from CSV files, when the data set is such a file or a folder of them.</summary>
public sealed record CsvDataOptions : RecordingDataOptions
{
    /// <summary>The columns; label and subject are required.</summary>
    public required CsvSourceOptions Columns { get; init; }
}
