using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// The network: convolutions that make tokens of each stream, learned positions, encoder blocks, pooling and a linear head; and,
/// if asked for, an anomaly score.
/// </summary>
public sealed record ArchitectureOptions
{
    /// <summary>The sensors; the tokens of one follow those of the one before.</summary>
    [MinLength(1)]
    public required IReadOnlyList<StreamOptions> Streams { get; init; }

    /// <summary>Whether tokens carry learned positions; without them a model can stream.</summary>
    public bool Positions { get; init; } = true;

    /// <summary>The attention of all blocks.</summary>
    public AttentionOptions Attention { get; init; } = new();

    /// <summary>The encoder blocks; they may differ.</summary>
    [Length(1, 12)]
    public required IReadOnlyList<BlockOptions> Blocks { get; init; }

    /// <summary>What evens out the tokens.</summary>
    public NormKind Norm { get; init; } = NormKind.Batch;

    /// <summary>The non-linearity.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>What makes one row of the tokens.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <summary>Whether the model tells classes; without them it has a score alone.</summary>
    public bool Classes { get; init; } = true;

    /// <summary>The anomaly score; null for none.</summary>
    public ScoreOptions? Score { get; init; }

    /// <summary>Whether the image gets a step program, to take in a stream step by step.</summary>
    public bool Streaming { get; init; }

    /// <summary>What is left without a score that has a network of its own.</summary>
    [JsonIgnore]
    public ArchitectureOptions Main => Score?.Encoder is null ? this : this with { Score = null };

    /// <summary>The score's own network; null where it has none.</summary>
    [JsonIgnore]
    public ArchitectureOptions? Scorer =>
        Score?.Encoder is { } own ? own with { Classes = false, Score = Score with { Encoder = null } } : null;

    /// <summary>Columns of a token.</summary>
    [JsonIgnore]
    public int Width => Streams[0].Convolutions[^1].Channels;

    /// <summary>Tokens made from a window.</summary>
    public int Tokens(int windowSamples) => Streams.Sum(stream => stream.Tokens(windowSamples, Attention.Causal));
}

/// <summary>What evens out the tokens before attention, feed-forward part and head.</summary>
public enum NormKind
{
    /// <summary>BatchNorm; becomes part of the linear layer behind it and costs nothing on the device.</summary>
    Batch,

    /// <summary>LayerNorm in integers, row by row.</summary>
    Layer,
}

/// <summary>What makes one row of the tokens for the classes.</summary>
public enum PoolingKind
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The last one.</summary>
    Last,

    /// <summary>Their mean weighted by a softmax of learned scores; does not stream.</summary>
    Attention,
}

/// <summary>The non-linearity behind convolutions and in the feed-forward parts.</summary>
public enum ActivationKind
{
    /// <summary><c>max(x, 0)</c>, part of the layer before it.</summary>
    Relu,

    /// <summary><c>min(max(x, 0), 6)</c>, part of the layer before it.</summary>
    Relu6,

    /// <summary><c>x * Phi(x)</c>, by a table of 256 entries.</summary>
    Gelu,

    /// <summary><c>x * sigmoid(x)</c>, by a table of 256 entries.</summary>
    Silu,

    /// <summary>The hyperbolic tangent, by a table of 256 entries.</summary>
    Tanh,
}
