using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Space;

/// <summary>
/// The architectures around a configuration: other convolutions, widths, blocks and poolings for the same sensors, with the same kind of
/// attention, norm, non-linearity and score. Structured pruning is left out: the search chooses the sizes itself.
/// </summary>
public sealed class SearchSpace
{
    private static readonly Func<ArchitectureOptions, Random, ArchitectureOptions>[] SizeMoves =
    [
        ConvolutionMoves.Width, ConvolutionMoves.Channels, ConvolutionMoves.Kernel, ConvolutionMoves.Separable,
        BlockMoves.Heads, BlockMoves.HeadColumns, BlockMoves.FeedForward, BlockMoves.Repeat, BlockMoves.Remove, BlockMoves.Pooling,
    ];

    private static readonly Func<ArchitectureOptions, Random, ArchitectureOptions>[] TokenMoves =
        [ConvolutionMoves.Stride, ConvolutionMoves.Insert, ConvolutionMoves.Remove];

    private readonly Func<ArchitectureOptions, Random, ArchitectureOptions>[] _moves;

    /// <summary>The space around a configuration.</summary>
    public SearchSpace(TrainingConfig given)
    {
        Given = given with { Schema = null, Pruning = null };
        _moves = KeepsTokens ? SizeMoves : [.. SizeMoves, .. TokenMoves];
    }

    /// <summary>The configuration in the middle.</summary>
    public TrainingConfig Given { get; }

    /// <summary>A score ties tokens to patches of samples.</summary>
    private bool KeepsTokens => Given.Architecture.Score is not null;

    /// <summary>A configuration with every size drawn at random; null when they do not fit each other.</summary>
    public TrainingConfig? Draw(Random random)
    {
        var given = Given.Architecture;
        int width = Sizes.Width.Draw(random);
        var drawn = given with
        {
            Streams = [.. given.Streams.Select(stream => stream with
            {
                Convolutions = KeepsTokens
                    ? ConvolutionMoves.Redraw(stream.Convolutions, width, random)
                    : ConvolutionMoves.Draw(width, random),
            })],
            Blocks = BlockMoves.Draw(random),
        };
        return TryMake(BlockMoves.Pooling(drawn, random));
    }

    /// <summary>A configuration with one thing changed, to the next size where it is one; null when it does not fit the rest.</summary>
    public TrainingConfig? Mutate(TrainingConfig parent, Random random) =>
        TryMake(_moves[random.Next(_moves.Length)](parent.Architecture, random));

    private TrainingConfig? TryMake(ArchitectureOptions architecture)
    {
        try
        {
            return TrainingConfig.Parse((Given with { Architecture = architecture }).ToJson());
        }
        catch (ConfigException)
        {
            return null;
        }
    }
}
