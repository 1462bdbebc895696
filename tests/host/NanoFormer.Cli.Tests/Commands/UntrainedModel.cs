using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>A folder with the image of a small network that has learnt nothing, and its configuration.</summary>
internal sealed class UntrainedModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public UntrainedModel()
        : this(Config, ["still", "walk", "run"], [new ChannelInfo("x", "g", 1.0 / 4096), new ChannelInfo("w", "rad/s", 1.0 / 2048)])
    {
    }

    public UntrainedModel(TrainingConfig config, string[] classes, ChannelInfo[] channels)
    {
        _folder.Write("model.nfm", ImageWriter.Write(Graph(config, classes, channels)));
        File.WriteAllText(ConfigPath, config.ToJson() + "\n");
    }

    public const string ConfigText = """
        {
          "name": "small", "purpose": "None.", "data": { "credit": "Made up." },
          "input": { "ranges": [2, 4], "hopSamples": 16, "gateThresholdPermille": 500 },
          "architecture": {
            "streams": [ { "convolutions": [ { "channels": 8, "kernel": 5, "stride": 4 } ] } ],
            "blocks": [ { "heads": 2, "headColumns": 4, "feedForward": 12 } ]
          },
          "floatTraining": { "epochs": 1, "batchSize": 8, "learningRate": 0.01, "weightDecay": 0, "labelSmoothing": 0, "dropout": 0 },
          "augmentation": {},
          "quantization": { "epochs": 0, "observeEpochs": 0, "learningRate": 0.001 }
        }
        """;

    public static TrainingConfig Config => TrainingConfig.Parse(ConfigText);

    public string Folder => _folder.Name;

    public string ConfigPath => PathOf("train.json");

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Dispose() => _folder.Dispose();

    private static Graph Graph(TrainingConfig config, string[] classes, ChannelInfo[] channels)
    {
        try
        {
            return ModelCosts.UntrainedGraph(config, new WindowSet
            {
                WindowSamples = 32,
                RateHz = 50,
                Channels = channels,
                ClassNames = classes,
                Samples = [],
                Labels = [],
                Subjects = [],
            });
        }
        catch (Exception fault) when (fault is DllNotFoundException or NotSupportedException or TypeInitializationException)
        {
            Assert.Skip("libtorch is not installed for this platform.");
            throw;
        }
    }
}
