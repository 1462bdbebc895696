using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using NanoFormer.Training.Operators;
using static TorchSharp.torch;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>Networks of the trainer, for windows of 32 samples of three channels and four classes.</summary>
internal static class TrainedNetworks
{
    public const int WindowSamples = 32;

    private const int Classes = 4;

    private const string Front = """
        "streams": [ { "convolutions": [ { "channels": 8, "kernel": 5, "stride": 2 }, { "channels": 8, "kernel": 4, "stride": 2 } ] } ]
        """;

    private const string Blocks = """
        "blocks": [ { "heads": 2, "headColumns": 5, "feedForward": 16 }, { "heads": 1, "headColumns": 3, "feedForward": 8 } ]
        """;

    /// <summary>The plainest architecture.</summary>
    public const string Plain = $"{Front}, {Blocks}";

    /// <summary>Architectures that between them have everything but linear attention and scores.</summary>
    public static TheoryData<string> Architectures =>
    [
        Plain,
        $$"""{{Plain.Replace("\"convolutions\"", "\"gains\": [1, 2.5], \"convolutions\"", StringComparison.Ordinal)}}""",
        $$"""{{Plain}}, "norm": "layer", "activation": "gelu", "pooling": "last" """,
        $$"""{{Plain}}, "positions": false, "attention": { "causal": true }, "activation": "relu6", "streaming": true """,
        $$"""{{Plain}}, "attention": { "causal": true, "window": 3 }, "activation": "silu", "pooling": "attention" """,
        $$"""
        "streams": [
          { "channels": 2, "convolutions": [ { "channels": 8, "kernel": 5, "stride": 3, "separable": true },
            { "channels": 8, "kernel": 1, "stride": 1 }, { "channels": 8, "kernel": 1, "stride": 2 } ] },
          { "firstChannel": 2, "step": 4, "gains": [1, 8], "convolutions": [ { "channels": 8, "kernel": 3, "stride": 2 } ] }
        ], {{Blocks}}, "activation": "tanh"
        """,
    ];

    public static TrainingConfig Config(string architecture) => TrainingConfig.Parse($$"""
        {
          "name": "tiny", "purpose": "None.", "data": { "credit": "Made up." },
          "input": { "ranges": [2, 2, 9.81], "offsets": [0, 0.5, 0], "hopSamples": 16, "gateThresholdPermille": 500 },
          "architecture": { {{architecture}} },
          "floatTraining": { "epochs": 1, "batchSize": 8, "learningRate": 0.01, "weightDecay": 0.01, "labelSmoothing": 0, "dropout": 0 },
          "augmentation": {},
          "quantization": { "epochs": 1, "observeEpochs": 1, "learningRate": 0.0005 }
        }
        """);

    /// <summary>A network whose norms have moved away from mean 0 and deviation 1.</summary>
    public static Encoder Encoder(TrainingConfig config)
    {
        var encoder = Create(config);
        encoder.train();
        for (int i = 0; i < 20; i++)
        {
            encoder.Run(new FloatOperators(Scaled(config, Windows(16))));
        }

        encoder.eval();
        return encoder;
    }

    /// <summary>A network with given weights.</summary>
    public static Encoder Encoder(TrainingConfig config, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        var encoder = Create(config, weights["head.bias"].Values.Length);
        encoder.TakeWeights(weights);
        encoder.eval();
        return encoder;
    }

    /// <summary>Windows <c>[count, samples, 3]</c> in physical units.</summary>
    public static Tensor Windows(int count) => randn(count, WindowSamples, 3) + 0.3;

    /// <summary>The answers of the network in TorchSharp, BatchNorms and all.</summary>
    public static float[] Answers(TrainingConfig config, Encoder encoder, Tensor windows)
    {
        var operators = new FloatOperators(Scaled(config, windows));
        return TorchTests.Values(encoder.Run(operators).Outputs(operators));
    }

    public static FloatNetwork ToFile(TrainingConfig config, Encoder encoder) =>
        FloatNetworkOperators.Convert(config, Empty(config.Input.Ranges.Count), [encoder.Folded()]);

    private static Encoder Create(TrainingConfig config, int classes = Classes) =>
        Training.Network.Encoder.Create(config.Architecture, WindowSamples, config.Input.Ranges.Count, classes);

    private static Tensor Scaled(TrainingConfig config, Tensor windows)
    {
        using var scaling = new InputScaling(config.Input);
        return scaling.Apply(windows);
    }

    private static WindowSet Empty(int channels) => new()
    {
        WindowSamples = WindowSamples,
        RateHz = 50,
        Channels = [.. Enumerable.Range(0, channels).Select(i => new ChannelInfo($"channel_{i}", "g", 1.0 / 4096))],
        ClassNames = ["a", "b", "c", "d"],
        Samples = [],
        Labels = [],
        Subjects = [],
    };
}
