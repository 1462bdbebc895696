using NanoFormer.Data;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Phases;

/// <summary>The windows of the data set a training was pointed at.</summary>
internal sealed record WindowSource(string Name, WindowSet Train, WindowSet Test)
{
    public const string TrainSplit = "train";
    public const string TestSplit = "test";
    private const string CsvField = "data.csv";
    private const string RecordingsField = "data.recordings";

    /// <summary>Reads CSV files when the configuration describes them, else a packed set of windows or recordings.</summary>
    public static WindowSource Load(TrainingConfig config, string dataset) =>
        config.Data.Csv is { } csv ? FromCsv(csv, dataset, config.Input.HopSamples) : FromPacked(config, dataset);

    private static WindowSource FromPacked(TrainingConfig config, string folder)
    {
        var dataset = PackedDataset.Open(folder);
        if (dataset.HasWindows)
        {
            return new WindowSource(dataset.Name, dataset.ReadWindows(TrainSplit), dataset.ReadWindows(TestSplit));
        }
        var options = config.Data.Recordings ?? throw new ConfigException(ConfigError.Mismatch,
            $"{RecordingsField} must state windowSamples and testSubjects: '{dataset.Name}' holds recordings, not windows.");
        var recordings = SignalConversion.ToCommonScale(dataset.ReadRecordings());
        var classNames = recordings.SelectMany(r => r.ClassNames).Distinct().ToArray();
        return Cut(dataset.Name, recordings, classNames, options, RecordingsField, config.Input.HopSamples);
    }

    private static WindowSource FromCsv(CsvDataOptions csv, string dataset, int hopSamples)
    {
        string[] files = Directory.Exists(dataset)
            ? [.. Directory.GetFiles(dataset, "*.csv").Order(StringComparer.Ordinal)]
            : [dataset];
        var recordings = files.SelectMany(file => CsvRecordings.Read(file, csv.Columns)).ToArray();
        var classNames = recordings.SelectMany(r => r.ClassNames).Distinct().Order(StringComparer.Ordinal).ToArray();
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(dataset));
        return Cut(name, recordings, classNames, csv, CsvField, hopSamples);
    }

    private static WindowSource Cut(
        string name, IReadOnlyList<Recording> recordings, string[] classNames, RecordingDataOptions options, string field, int hopSamples)
    {
        var (train, test) = Windowing.Cut(recordings, classNames, options.WindowSamples, hopSamples).SplitBySubject(options.TestSubjects);
        return train.Count > 0 && test.Count > 0
            ? new WindowSource(name, train, test)
            : throw new ConfigException(ConfigError.Mismatch,
                $"{field}.testSubjects must leave windows to learn from and windows to judge on.");
    }
}
