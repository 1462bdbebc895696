using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>A small made-up problem: slow against fast oscillation, in noise.</summary>
internal static class Samples
{
    public const int WindowSamples = 32;

    public static TrainingConfig Config => TrainingConfig.Parse("""
        {
          "name": "tiny",
          "purpose": "Tells slow from fast oscillation.",
          "data": { "credit": "Made up." },
          "input": { "ranges": [2, 2, 4], "hopSamples": 16, "gateThresholdPermille": 500 },
          "architecture": {
            "streams": [ { "convolutions": [ { "channels": 8, "kernel": 5, "stride": 2 }, { "channels": 8, "kernel": 3, "stride": 2 } ] } ],
            "blocks": [ { "heads": 2, "headColumns": 4, "feedForward": 16 } ]
          },
          "floatTraining": {
            "epochs": 8, "batchSize": 32, "learningRate": 0.01, "weightDecay": 0.01, "labelSmoothing": 0.05, "dropout": 0
          },
          "augmentation": {
            "triads": [[0, 1, 2]], "rotationDegrees": 5, "gain": 0.05, "noise": { "g": 0.01 }, "offset": { "rad/s": 0.02 }, "timeWarp": 0.05
          },
          "quantization": { "epochs": 2, "observeEpochs": 1, "learningRate": 0.0005 }
        }
        """);

    public static TrainingData Data => new("made up", "by chance", Windows(256, 1), Windows(200, 2), null);

    /// <summary>Slow and fast windows in turn.</summary>
    public static WindowSet Windows(int count, int seed)
    {
        var random = new Random(seed);
        return WindowsOf(count, label => Oscillation(label == 0 ? 2 : 5, random));
    }

    /// <summary>Windows of noise over all that int16 holds.</summary>
    public static WindowSet Noise(int count, int seed)
    {
        var random = new Random(seed);
        return WindowsOf(count, _ => Enumerable.Range(0, 3 * WindowSamples).Select(_ => Any()));

        short Any() => (short)random.Next(short.MinValue, short.MaxValue + 1);
    }

    private static WindowSet WindowsOf(int count, Func<int, IEnumerable<short>> samples)
    {
        int[] labels = Enumerable.Range(0, count).Select(i => i % 2).ToArray();
        return new WindowSet
        {
            WindowSamples = WindowSamples,
            RateHz = 25,
            Channels =
            [
                new ChannelInfo("ax", "g", 1.0 / 8192),
                new ChannelInfo("ay", "g", 1.0 / 8192),
                new ChannelInfo("wz", "rad/s", 1.0 / 4096),
            ],
            ClassNames = ["SLOW", "FAST"],
            Samples = [.. labels.SelectMany(samples)],
            Labels = labels,
            Subjects = [.. labels.Select((_, i) => i < count / 2 ? "1" : "2")],
        };
    }

    private static IEnumerable<short> Oscillation(double cycles, Random random)
    {
        double phase = 2 * Math.PI * random.NextDouble();
        for (int i = 0; i < WindowSamples; i++)
        {
            double angle = 2 * Math.PI * cycles * i / WindowSamples + phase;
            yield return (short)(8192 * Math.Sin(angle) + 2000 * (random.NextDouble() - 0.5));
            yield return (short)(4096 * Math.Cos(angle) + 2000 * (random.NextDouble() - 0.5));
            yield return (short)(2000 * (random.NextDouble() - 0.5));
        }
    }
}
