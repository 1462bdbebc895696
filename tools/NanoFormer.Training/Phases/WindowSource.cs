using NanoFormer.Data;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Training.Phases;

/// <summary>The windows of the data set a training was pointed at.</summary>
internal sealed record WindowSource(string Name, WindowSet Train, WindowSet Test)
{
    /// <summary>Windows of the judged installations' baselines; null where recordings are not installations.</summary>
    public WindowSet? Baselines { get; init; }

    public const string TrainSplit = "train";
    public const string TestSplit = "test";
    private const string CsvField = "data.csv";
    private const string RecordingsField = "data.recordings";

    /// <summary>Reads CSV files when the configuration describes them, else a packed set of windows or recordings.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dataset">The files.</param>
    /// <param name="note">Told what is to be known of CSV files; null to be spared.</param>
    public static WindowSource Load(TrainingConfig config, string dataset, Action<string>? note = null)
    {
        if (config.Data.Csv is { } csv)
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(dataset));
            return Cut(name, CsvRecordings.Read(dataset, csv.Columns, note), csv, CsvField, config);
        }

        var packed = PackedDataset.Open(dataset);
        if (packed.HasWindows)
        {
            return new WindowSource(packed.Name, packed.ReadWindows(TrainSplit), packed.ReadWindows(TestSplit));
        }

        var options = config.Data.Recordings ?? throw new ConfigException(ConfigError.Mismatch,
            $"{RecordingsField} must say how to cut '{packed.Name}': it holds recordings, not windows.");
        var recordings = SignalConversion.ToCommonScale(packed.ReadRecordings());
        return options.Installation is { } installation
            ? Cut(packed.Name, recordings, options, installation)
            : Cut(packed.Name, recordings, options, RecordingsField, config);
    }

    private static WindowSource Cut(
        string name, IReadOnlyList<Recording> recordings, RecordingDataOptions options, InstallationOptions installation)
    {
        var windows = InstallationWindows.Cut(recordings, options, installation);
        return new WindowSource(name, windows.Train, windows.Test) { Baselines = windows.Baselines };
    }

    private static WindowSource Cut(
        string name, IReadOnlyList<Recording> recordings, RecordingDataOptions options, string field, TrainingConfig config)
    {
        RecordingClasses.Require(recordings, options, field);
        var split = RecordingSplit.Of([.. recordings.Select(r => RecordingWindows.Prepare(r, options, config.Data))], options);
        if (split.Train.Count == 0 || split.Test.Count == 0)
        {
            throw NothingLeft();
        }

        split = new RecordingSplit(RecordingClasses.Group(split.Train, options), RecordingClasses.Group(split.Test, options));
        string[] classes = RecordingWindows.ClassesOf([.. split.Train, .. split.Test], options);
        int hop = config.Input.HopSamples;
        var train = RecordingWindows.Cut(split.Train, classes, options, options.TrainHopSamples > 0 ? options.TrainHopSamples : hop);
        var test = RecordingWindows.Cut(split.Test, classes, options, hop);
        return train.Count > 0 && test.Count > 0
            ? new WindowSource(name, train, test)
            : throw NothingLeft();

        ConfigException NothingLeft() => new(ConfigError.Mismatch,
            $"{field}.{(options.TestClasses.Count > 0 ? "testClasses" : "testSubjects")} must leave windows to learn from and windows to judge on.");
    }
}
