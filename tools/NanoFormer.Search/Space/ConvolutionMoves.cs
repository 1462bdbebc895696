using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Space;

/// <summary>Changes of the convolutions that make tokens. Every sample stays under a kernel.</summary>
internal static class ConvolutionMoves
{
    /// <summary>Convolutions drawn at random, the last with the encoder's width.</summary>
    public static IReadOnlyList<ConvolutionOptions> Draw(int width, Random random)
    {
        int count = Sizes.Convolutions.Draw(random);
        return Ending(width, [.. Enumerable.Range(0, count).Select(_ => DrawOne(random))]);
    }

    /// <summary>Convolutions with the kernels and strides of others, all else drawn at random.</summary>
    public static IReadOnlyList<ConvolutionOptions> Redraw(IReadOnlyList<ConvolutionOptions> convolutions, int width, Random random) =>
        Ending(width, [.. convolutions.Select(one => DrawOne(random) with { Kernel = one.Kernel, Stride = one.Stride })]);

    public static ArchitectureOptions Width(ArchitectureOptions architecture, Random random)
    {
        int width = Sizes.Width.Near(architecture.Width, random);
        return architecture with
        {
            Streams = [.. architecture.Streams.Select(stream => stream with { Convolutions = Ending(width, stream.Convolutions) })],
        };
    }

    public static ArchitectureOptions Channels(ArchitectureOptions architecture, Random random) => InAStream(architecture, random, list =>
        list.Count == 1
            ? list
            : Changed(list, random.Next(list.Count - 1), one => one with { Channels = Sizes.Channels.Near(one.Channels, random) }));

    public static ArchitectureOptions Kernel(ArchitectureOptions architecture, Random random) =>
        Any(architecture, random, one => one with { Kernel = Math.Max(Sizes.Kernel.Near(one.Kernel, random), one.Stride) });

    public static ArchitectureOptions Separable(ArchitectureOptions architecture, Random random) =>
        Any(architecture, random, one => one with { Separable = !one.Separable });

    public static ArchitectureOptions Stride(ArchitectureOptions architecture, Random random) => Any(architecture, random, one =>
    {
        int stride = Sizes.Stride.Near(one.Stride, random);
        return one with { Stride = stride, Kernel = Math.Max(one.Kernel, stride + 1) };
    });

    public static ArchitectureOptions Insert(ArchitectureOptions architecture, Random random) => InAStream(architecture, random, list =>
    {
        int place = random.Next(list.Count);
        return [.. list.Take(place), DrawOne(random), .. list.Skip(place)];
    });

    public static ArchitectureOptions Remove(ArchitectureOptions architecture, Random random) => InAStream(architecture, random, list =>
    {
        int place = random.Next(list.Count);
        return list.Count == 1 ? list : Ending(architecture.Width, [.. list.Where((_, i) => i != place)]);
    });

    private static ConvolutionOptions DrawOne(Random random)
    {
        int stride = Sizes.Stride.Draw(random);
        return new ConvolutionOptions
        {
            Channels = Sizes.Channels.Draw(random),
            Kernel = Math.Max(Sizes.Kernel.Draw(random), stride + 1),
            Stride = stride,
            Separable = random.Next(2) == 0,
        };
    }

    private static IReadOnlyList<ConvolutionOptions> Ending(int width, IReadOnlyList<ConvolutionOptions> list) =>
        [.. list.SkipLast(1), list[^1] with { Channels = width }];

    private static ArchitectureOptions Any(
        ArchitectureOptions architecture, Random random, Func<ConvolutionOptions, ConvolutionOptions> change) =>
        InAStream(architecture, random, list => Changed(list, random.Next(list.Count), change));

    private static IReadOnlyList<ConvolutionOptions> Changed(
        IReadOnlyList<ConvolutionOptions> list, int place, Func<ConvolutionOptions, ConvolutionOptions> change) =>
        [.. list.Select((one, i) => i == place ? change(one) : one)];

    private static ArchitectureOptions InAStream(
        ArchitectureOptions architecture, Random random, Func<IReadOnlyList<ConvolutionOptions>, IReadOnlyList<ConvolutionOptions>> change)
    {
        int chosen = random.Next(architecture.Streams.Count);
        return architecture with
        {
            Streams = [.. architecture.Streams.Select((stream, i) =>
                i == chosen ? stream with { Convolutions = change(stream.Convolutions) } : stream)],
        };
    }
}
