using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Space;

/// <summary>Changes of the encoder blocks and of what follows them.</summary>
internal static class BlockMoves
{
    /// <summary>Equal blocks drawn at random.</summary>
    public static IReadOnlyList<BlockOptions> Draw(Random random)
    {
        var block = new BlockOptions
        {
            Heads = Sizes.Heads.Draw(random),
            HeadColumns = Sizes.HeadColumns.Draw(random),
            FeedForward = Sizes.FeedForward.Draw(random),
        };
        return [.. Enumerable.Repeat(block, Sizes.Blocks.Draw(random))];
    }

    public static ArchitectureOptions Heads(ArchitectureOptions architecture, Random random) =>
        InABlock(architecture, random, block => block with { Heads = Sizes.Heads.Near(block.Heads, random) });

    public static ArchitectureOptions HeadColumns(ArchitectureOptions architecture, Random random) =>
        InABlock(architecture, random, block => block with { HeadColumns = Sizes.HeadColumns.Near(block.HeadColumns, random) });

    public static ArchitectureOptions FeedForward(ArchitectureOptions architecture, Random random) =>
        InABlock(architecture, random, block => block with { FeedForward = Sizes.FeedForward.Near(block.FeedForward, random) });

    public static ArchitectureOptions Repeat(ArchitectureOptions architecture, Random random)
    {
        int place = random.Next(architecture.Blocks.Count);
        return architecture with { Blocks = [.. architecture.Blocks.Take(place + 1), .. architecture.Blocks.Skip(place)] };
    }

    public static ArchitectureOptions Remove(ArchitectureOptions architecture, Random random)
    {
        int place = random.Next(architecture.Blocks.Count);
        return architecture.Blocks.Count == 1
            ? architecture
            : architecture with { Blocks = [.. architecture.Blocks.Where((_, i) => i != place)] };
    }

    /// <summary>Another pooling; what streams cannot weigh tokens it has yet to see.</summary>
    public static ArchitectureOptions Pooling(ArchitectureOptions architecture, Random random)
    {
        PoolingKind[] kinds = architecture.Streaming
            ? [PoolingKind.Mean, PoolingKind.Last]
            : [PoolingKind.Mean, PoolingKind.Last, PoolingKind.Attention];
        return architecture with { Pooling = kinds[random.Next(kinds.Length)] };
    }

    private static ArchitectureOptions InABlock(ArchitectureOptions architecture, Random random, Func<BlockOptions, BlockOptions> change)
    {
        int chosen = random.Next(architecture.Blocks.Count);
        return architecture with { Blocks = [.. architecture.Blocks.Select((block, i) => i == chosen ? change(block) : block)] };
    }
}
