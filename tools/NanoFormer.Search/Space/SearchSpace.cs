using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Space;

/// <summary>
/// The configurations around one: other convolutions, gains, widths, blocks and poolings for the same sensors, with the same kind of
/// attention, norm, non-linearity and score; and other regularization. Structured pruning is left out: the search chooses the sizes itself.
/// </summary>
public sealed class SearchSpace
{
    private static readonly Func<ArchitectureOptions, Random, ArchitectureOptions>[] SizeMoves =
    [
        ConvolutionMoves.Width, ConvolutionMoves.Channels, ConvolutionMoves.Kernel, ConvolutionMoves.Separable,
        BlockMoves.Heads, BlockMoves.HeadColumns, BlockMoves.FeedForward, BlockMoves.Repeat, BlockMoves.Remove, BlockMoves.Pooling,
    ];

    private static readonly Func<ArchitectureOptions, Random, ArchitectureOptions>[] TokenMoves =
        [ConvolutionMoves.Stride, ConvolutionMoves.Insert, ConvolutionMoves.Remove, TrainingMoves.Gains];

    private static readonly Func<TrainingConfig, Random, TrainingConfig>[] OtherMoves =
        [TrainingMoves.Dropout, TrainingMoves.WeightDecay, TrainingMoves.LearningRate, TrainingMoves.Rotation, TrainingMoves.Mask];

    private readonly Func<TrainingConfig, Random, TrainingConfig>[] _moves;

    /// <summary>The space around a configuration.</summary>
    public SearchSpace(TrainingConfig given)
    {
        Given = given with { Schema = null, Pruning = null };
        var moves = KeepsTokens ? SizeMoves : [.. SizeMoves, .. TokenMoves];
        _moves = [.. moves.Select(OfArchitecture), .. OtherMoves];
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
        return TryMake(Given with { Architecture = BlockMoves.Pooling(drawn, random) });
    }

    /// <summary>A configuration with one thing changed, to the next size where it is one; null when it does not fit the rest.</summary>
    public TrainingConfig? Mutate(TrainingConfig parent, Random random) =>
        TryMake(_moves[random.Next(_moves.Length)](parent, random));

    private static Func<TrainingConfig, Random, TrainingConfig> OfArchitecture(Func<ArchitectureOptions, Random, ArchitectureOptions> move) =>
        (config, random) => config with { Architecture = move(config.Architecture, random) };

    private static TrainingConfig? TryMake(TrainingConfig config)
    {
        try
        {
            return TrainingConfig.Parse(config.ToJson());
        }
        catch (ConfigException)
        {
            return null;
        }
    }
}
