using System.Globalization;
using System.Text;
using NanoFormer.Data;
using NanoFormer.Data.Import;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests;

/// <summary>The made-up problem as a CSV file of three subjects, each once slow and once fast.</summary>
internal sealed class CsvFixture : IDisposable
{
    private const int SegmentSamples = 160;

    public CsvFixture(TrainingConfig? config = null)
    {
        Folder = Directory.CreateTempSubdirectory("csv").FullName;
        var text = new StringBuilder("t,ax,ay,wz,what,who\n");
        foreach (string? subject in new[] { "ann", "bob", "cid" })
        {
            var windows = Samples.Windows(2 * SegmentSamples / Samples.WindowSamples, seed: subject[0]);
            AppendSegments(text, windows, subject);
        }

        File.WriteAllText(CsvPath, text.ToString());
        File.WriteAllText(ConfigPath, (config ?? Config).ToJson());
    }

    public string Folder { get; }

    public string Output => Path.Combine(Folder, "out");

    public string CsvPath => Path.Combine(Folder, "motion.csv");

    public string ConfigPath => Path.Combine(Folder, "train.json");

    public static TrainingConfig Config => Samples.Config.WithEpochs(1) with
    {
        Data = new DataOptions
        {
            Credit = "Made up.",
            ValidationSubjects = ["bob"],
            Csv = new CsvDataOptions
            {
                Columns = new CsvSourceOptions
                {
                    Channels = [.. Samples.Windows(2, 1).Channels.Select(c => new SourceChannel(c.Name, c.Unit, c.Scale))],
                    TimeColumn = "t",
                    RateHz = 25,
                    LabelColumn = "what",
                    SubjectColumn = "who",
                },
                WindowSamples = Samples.WindowSamples,
                TestSubjects = ["cid"],
            },
        },
    };

    public TrainingRequest Request(string output) => new()
    {
        ConfigPath = ConfigPath,
        Dataset = CsvPath,
        OutputFolder = output,
        Command = "./run train it",
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>First all slow windows end to end, then all fast ones.</summary>
    private static void AppendSegments(StringBuilder text, WindowSet windows, string subject)
    {
        int time = 0;
        foreach (int window in Enumerable.Range(0, windows.Count).OrderBy(i => windows.Labels[i]))
        {
            var values = windows.Window(window).ToArray().Chunk(windows.Channels.Count);
            foreach (var row in values.Select(steps => steps.Zip(windows.Channels, (step, channel) => step * channel.Scale)))
            {
                string fields = string.Join(",", row.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
                string label = windows.ClassNames[windows.Labels[window]];
                text.Append(CultureInfo.InvariantCulture, $"{time++ / 25.0:R},{fields},{label},{subject}\n");
            }
        }
    }
}
