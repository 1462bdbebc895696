namespace NanoFormer.Training.Configuration;

/// <summary>
/// The network: convolutions that make tokens, learned positions, encoder blocks, the mean over the tokens, and a linear head.
/// The last convolution's channels are the width of the encoder.
/// </summary>
public sealed record ArchitectureOptions
{
    /// <summary>The convolutional front end, each with BatchNorm and ReLU.</summary>
    public required IReadOnlyList<ConvolutionOptions> Convolutions { get; init; }

    /// <summary>Encoder blocks.</summary>
    public required int Blocks { get; init; }

    /// <summary>Attention heads in a block.</summary>
    public required int Heads { get; init; }

    /// <summary>Columns of a head's queries, keys and values.</summary>
    public required int HeadColumns { get; init; }

    /// <summary>Columns between the two linear layers of a block's feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Columns of a token.</summary>
    public int Width => Convolutions[^1].Channels;

    /// <summary>Tokens made from a window.</summary>
    public int Tokens(int windowSamples) => Convolutions.Aggregate(windowSamples, (rows, conv) => conv.OutputRows(rows));
}
