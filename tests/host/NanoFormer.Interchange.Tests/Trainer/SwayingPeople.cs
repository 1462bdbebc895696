using System.Globalization;
using System.Text;
using NanoFormer.Data.Import;
using NanoFormer.Training;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>A data set in a folder of its own: two people who sway, fast and slowly, one of them to judge on.</summary>
internal sealed class SwayingPeople : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("interchange");

    public SwayingPeople()
    {
        File.WriteAllText(DatasetPath, Motion());
        File.WriteAllText(ConfigPath, Config.ToJson());
    }

    /// <summary>The plain architecture with one epoch of training.</summary>
    public static TrainingConfig Config => TrainedNetworks.Config(TrainedNetworks.Plain) with
    {
        Data = new DataOptions
        {
            Credit = "Made up.",
            Csv = new CsvDataOptions
            {
                Columns = new CsvSourceOptions
                {
                    Channels = [.. "xyz".Select(axis => new SourceChannel($"{axis}", "g", 0.001))],
                    RateHz = 50,
                    LabelColumn = "what",
                    SubjectColumn = "who",
                },
                WindowSamples = TrainedNetworks.WindowSamples,
                TestSubjects = ["bob"],
            },
        },
    };

    public string DatasetPath => PathOf("motion.csv");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public TrainingRequest Request(string output) => new()
    {
        ConfigPath = ConfigPath,
        Dataset = DatasetPath,
        OutputFolder = PathOf(output),
        Command = "./run train it",
    };

    public void Dispose() => _folder.Delete(recursive: true);

    private string ConfigPath => PathOf("train.json");

    private static string Motion()
    {
        var random = new Random(1);
        var text = new StringBuilder("x,y,z,what,who\n");
        foreach (string who in new[] { "ann", "bob" })
        {
            Append("fast", 1.1);
            Append("slow", 0.3);

            void Append(string what, double speed)
            {
                for (int i = 0; i < 640; i++)
                {
                    double x = Math.Sin(speed * i) + 0.3 * random.NextDouble();
                    double y = 0.5 * Math.Cos(speed * i) + 0.3 * random.NextDouble();
                    text.Append(CultureInfo.InvariantCulture, $"{x:F3},{y:F3},{random.NextDouble():F3},{what},{who}\n");
                }
            }
        }

        return text.ToString();
    }
}
