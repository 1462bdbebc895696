using NanoFormer.Data;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Phases;

/// <summary>The windows of the data set a training was pointed at.</summary>
internal sealed record WindowSource(string Name, WindowSet Train, WindowSet Test)
{
    public const string TrainSplit = "train";
    public const string TestSplit = "test";

    /// <summary>Reads CSV files when the configuration describes them, else a packed set of windows.</summary>
    public static WindowSource Load(TrainingConfig config, string dataset) =>
        config.Data.Csv is { } csv ? FromCsv(csv, dataset, config.Input.HopSamples) : FromPacked(dataset);

    private static WindowSource FromPacked(string folder)
    {
        var dataset = PackedDataset.Open(folder);
        return new WindowSource(dataset.Name, dataset.ReadWindows(TrainSplit), dataset.ReadWindows(TestSplit));
    }

    private static WindowSource FromCsv(CsvDataOptions csv, string dataset, int hopSamples)
    {
        string[] files = Directory.Exists(dataset)
            ? [.. Directory.GetFiles(dataset, "*.csv").Order(StringComparer.Ordinal)]
            : [dataset];
        var recordings = files.SelectMany(file => CsvRecordings.Read(file, csv.Columns)).ToArray();
        var classNames = recordings.SelectMany(r => r.ClassNames).Distinct().Order(StringComparer.Ordinal).ToArray();
        var (train, test) = Windowing.Cut(recordings, classNames, csv.WindowSamples, hopSamples).SplitBySubject(csv.TestSubjects);
        return train.Count > 0 && test.Count > 0
            ? new WindowSource(Path.GetFileName(Path.TrimEndingDirectorySeparator(dataset)), train, test)
            : throw new ConfigException(ConfigError.Mismatch,
                "data.csv.testSubjects must leave windows to learn from and windows to judge on.");
    }
}
