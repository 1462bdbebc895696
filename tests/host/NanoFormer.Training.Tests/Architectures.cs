using NanoFormer.Model;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests;

/// <summary>Small networks for the windows of <see cref="Samples"/> that between them use everything an architecture can ask for.</summary>
internal static class Architectures
{
    private static readonly ConvolutionOptions First = new() { Channels = 8, Kernel = 5, Stride = 2 };
    private static readonly ConvolutionOptions Second = new() { Channels = 8, Kernel = 3, Stride = 2 };
    private static readonly BlockOptions Block = new() { Heads = 2, HeadColumns = 4, FeedForward = 12 };

    private static readonly ArchitectureOptions Plain = new() { Streams = [Stream(First, Second)], Blocks = [Block] };

    private static readonly ArchitectureOptions Causal = Plain with
    {
        Positions = false,
        Attention = new AttentionOptions { Causal = true },
        Streaming = true,
    };

    private static readonly ArchitectureOptions Scored = Plain with
    {
        Score = new ScoreOptions { Kind = ScoreKind.Reconstruction, PatchSamples = 4 },
    };

    private static readonly Dictionary<string, ArchitectureOptions> All = new()
    {
        ["plain"] = Plain,
        ["separable convolutions"] = Plain with { Streams = [Stream(First with { Separable = true }, Second with { Separable = true })] },
        ["a convolution of one sample"] = Plain with { Streams = [Stream(First, Second with { Kernel = 1, Stride = 1 }, Second)] },
        ["two streams"] = Plain with { Streams = [Stream(First, Second) with { Channels = 2 }, Slow] },
        ["several gains"] = Plain with { Streams = [Stream(First, Second) with { Gains = [1, 8] }] },
        ["blocks of different sizes"] = Plain with { Blocks = [Block, new BlockOptions { Heads = 3, HeadColumns = 5, FeedForward = 20 }] },
        ["LayerNorm and GELU"] = Plain with { Norm = NormKind.Layer, Activation = ActivationKind.Gelu },
        ["ReLU6, last token"] = Plain with { Activation = ActivationKind.Relu6, Pooling = PoolingKind.Last },
        ["SiLU, pooled by attention"] = Plain with { Activation = ActivationKind.Silu, Pooling = PoolingKind.Attention },
        ["tanh"] = Plain with { Activation = ActivationKind.Tanh },
        ["causal"] = Causal,
        ["windowed, last token"] = Causal with
        {
            Attention = new AttentionOptions { Causal = true, Window = 3 },
            Pooling = PoolingKind.Last,
        },
        ["windowed, separable, LayerNorm"] = Causal with
        {
            Attention = new AttentionOptions { Causal = true, Window = 4 },
            Streams = [Stream(First with { Separable = true }, Second)],
            Norm = NormKind.Layer,
        },
        ["linear"] = Plain with { Attention = new AttentionOptions { Kind = AttentionKind.Linear } },
        ["causal linear"] = Causal with { Attention = new AttentionOptions { Kind = AttentionKind.Linear, Causal = true, Decay = 3 } },
        ["classes and reconstruction"] = Scored,
        ["a score with a network of its own"] = Plain with
        {
            Score = new ScoreOptions
            {
                Kind = ScoreKind.Forecast,
                PatchSamples = 4,
                Encoder = Plain with { Attention = new AttentionOptions { Causal = true } },
            },
        },
        ["forecast alone"] = Scored with
        {
            Classes = false,
            Norm = NormKind.Layer,
            Attention = new AttentionOptions { Causal = true },
            Score = new ScoreOptions { Kind = ScoreKind.Forecast, PatchSamples = 4, Norm = DistanceNorm.Squared },
        },
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> StreamingNames => [.. All.Where(pair => pair.Value.Streaming).Select(pair => pair.Key)];

    /// <summary>The third channel, of which every fourth sample is taken.</summary>
    private static StreamOptions Slow => Stream(Second) with { FirstChannel = 2, Channels = 1, Step = 4 };

    public static ArchitectureOptions Of(string name) => All[name];

    private static StreamOptions Stream(params ConvolutionOptions[] convolutions) => new() { Convolutions = convolutions };
}
