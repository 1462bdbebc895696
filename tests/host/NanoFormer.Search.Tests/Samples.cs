using System.Globalization;
using System.Text;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Tests;

/// <summary>A small made-up problem: slow against fast oscillation, of three subjects.</summary>
internal static class Samples
{
    public const int WindowSamples = 32;
    private const int SegmentSamples = 320;

    public static TrainingConfig Config { get; } = TrainingConfig.Parse("""
        {
          "name": "tiny",
          "purpose": "Tells slow from fast oscillation.",
          "data": {
            "credit": "Made up.",
            "validationSubjects": ["bob"],
            "csv": {
              "columns": {
                "channels": [ { "name": "ax", "unit": "g", "scale": 0.000122 }, { "name": "ay", "unit": "g", "scale": 0.000122 } ],
                "timeColumn": "t", "rateHz": 25, "labelColumn": "what", "subjectColumn": "who"
              },
              "windowSamples": 32,
              "testSubjects": ["cid"]
            }
          },
          "input": { "ranges": [2, 2], "hopSamples": 16, "gateThresholdPermille": 500 },
          "architecture": {
            "streams": [ { "convolutions": [
              { "channels": 8, "kernel": 5, "stride": 2 },
              { "channels": 8, "kernel": 3, "stride": 2 }
            ] } ],
            "blocks": [ { "heads": 2, "headColumns": 4, "feedForward": 16 } ]
          },
          "floatTraining": {
            "epochs": 16, "batchSize": 32, "learningRate": 0.01, "weightDecay": 0.01, "labelSmoothing": 0.05, "dropout": 0
          },
          "augmentation": {},
          "quantization": { "epochs": 1, "observeEpochs": 1, "learningRate": 0.0005 }
        }
        """);

    public static SearchRequest Request(string folder) => new()
    {
        Config = Config,
        Dataset = Path.Combine(folder, "motion.csv"),
        Folder = folder,
        Budget = new DeviceBudget(64_000, null, null),
        Trials = 8,
        Epochs = 1,
        Jobs = 1,
        Seed = 1,
        Folds = [["bob"], ["ann"], ["dot"]],
    };

    /// <summary>A trial with a training in round 0.</summary>
    public static Trial Trial(int id, double accuracy, int bytes, long instructions) =>
        new(id, TrialOrigin.Random, null, Config, new CandidateCosts(bytes, 1000, 1000, instructions, true), null)
        {
            Trainings = [new TrialTraining(0, 1, new TrialScore(accuracy, accuracy, accuracy), 1, null)],
        };

    /// <summary>The recordings as CSV text.</summary>
    public static string Csv()
    {
        var random = new Random(1);
        var text = new StringBuilder("t,ax,ay,what,who\n");
        foreach (string? who in new[] { "ann", "bob", "cid" })
        {
            for (int i = 0; i < 2 * SegmentSamples; i++)
            {
                var (what, cycles) = i < SegmentSamples ? ("SLOW", 2) : ("FAST", 5);
                double angle = 2 * Math.PI * cycles * i / WindowSamples;
                var (x, y) = (Math.Sin(angle) + (0.2 * random.NextDouble()), (0.5 * Math.Cos(angle)) + (0.2 * random.NextDouble()));
                text.Append(CultureInfo.InvariantCulture, $"{i / 25.0:R},{x:F4},{y:F4},{what},{who}\n");
            }
        }

        return text.ToString();
    }
}
