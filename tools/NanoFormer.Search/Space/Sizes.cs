namespace NanoFormer.Search.Space;

/// <summary>The sizes that architectures are drawn from.</summary>
internal static class Sizes
{
    public static readonly Ladder Width = new(8, 12, 16, 20, 24, 32, 40, 48, 64, 80);

    public static readonly Ladder Channels = new(8, 12, 16, 24, 32, 48, 64);

    public static readonly Ladder Kernel = new(3, 5, 7, 9, 11);

    public static readonly Ladder Stride = new(1, 2, 4, 8);

    public static readonly Ladder Convolutions = new(1, 2, 3);

    public static readonly Ladder Blocks = new(1, 2, 3, 4);

    public static readonly Ladder Heads = new(1, 2, 4, 8);

    public static readonly Ladder HeadColumns = new(4, 8, 12, 16);

    public static readonly Ladder FeedForward = new(16, 24, 32, 48, 64, 96, 128);
}
