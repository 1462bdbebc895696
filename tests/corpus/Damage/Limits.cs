using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Images at each limit of MODEL-IMAGE.md, which open, and one beyond it, which are refused: all else in them is right.</summary>
internal static class Limits
{
    private const int MaxArena = 1 << 20;

    private static readonly Quantization Unit = new(1, 0);

    private static readonly byte[] Smallest = Image(1, 1, Last);

    private static readonly byte[] Labelled = Image(1, 1, Last, labels: 1);

    // Fields of the smallest image: what is still good, and what is not.
    private static readonly (int Offset, int Good, int Bad)[] Words =
    [
        (48, MaxArena, MaxArena + 16),
        (92, 1, 0),
        (92, 100_000_000, 100_000_001),
    ];

    private static readonly (int Offset, int Good, int Bad)[] Halves =
    [
        (90, 0, 1001),
        (90, 1000, 1001),
        (96, 1, 2),
        (98, -128, -129),
        (98, 127, 128),
        (98, -32768, -32767),
        (84, 1, 2),
    ];

    public static IEnumerable<DamagedImage> All() =>
    [
        .. Words.SelectMany(row => Fields(row, (image, value) => image.Write32(row.Offset, value))),
        .. Halves.SelectMany(row => Fields(row, (image, value) => image.Write16(row.Offset, value))),
        .. Around("channels", 64, ModelImageError.BadHeader, count => Image(count, 1, Last)),
        .. Around("window samples", 8192, ModelImageError.BadHeader, count => Image(1, count, Last)),
        .. Around("labels", 256, ModelImageError.BadHeader, count => Image(1, 1, builder => Linear(builder, Last(builder), count), labels: count)),
        .. Around("tensors", 256, ModelImageError.BadHeader, count => Image(1, 1, Last, tensors: count)),
        .. Around("operators", 128, ModelImageError.BadHeader, count => Image(1, 1, builder => Chain(builder, count))),
        .. Around("test vectors", 64, ModelImageError.BadHeader, count => Image(1, 1, Last, vectors: count)),
        .. Around("columns of a softmax", 511, ModelImageError.BadOperator,
            count => Image(1, 1, builder => builder.Softmax(Linear(builder, Last(builder), count)))),
        .. Around("columns of a layer norm", 1024, ModelImageError.BadOperator, count => Image(1, 1, builder => Norm(builder, count))),
        Good("columns of a layer norm, least", Image(1, 1, builder => Norm(builder, 2))),
        Bad("columns of a layer norm, less", Image(1, 1, builder => Norm(builder, 1)), ModelImageError.BadOperator),
        .. Around("rows of an attention", 511, ModelImageError.BadOperator, count => Image(1, count, Attention)),
        .. Text("the model id", Smallest, 16, 32, '!'),
        .. Text("a label", Labelled, new ImageEdit(Labelled).Labels, 24, ' '),
        .. Text("a channel's name", Labelled, new ImageEdit(Labelled).Channels, 16, ' '),
        .. Text("a channel's unit", Labelled, new ImageEdit(Labelled).Channels + 16, 8, ' '),
        Good("a unit may be empty", new ImageEdit(Labelled).Write8(new ImageEdit(Labelled).Channels + 16, 0).Sealed()),
        Bad("one tensor only", new ImageEdit(Smallest).Write16(76, 1).Write16(88, 0).Sealed(), ModelImageError.BadHeader),
        Good("the smallest", Smallest),
    ];

    private static IEnumerable<DamagedImage> Fields((int Offset, int Good, int Bad) row, Func<ImageEdit, int, ImageEdit> write) =>
    [
        new($"header {row.Offset} may be {row.Good}, not {row.Bad}", Smallest, write(new ImageEdit(Smallest), row.Good).Sealed(), null),
        new($"header {row.Offset} may not be {row.Bad}, but {row.Good}", Smallest, write(new ImageEdit(Smallest), row.Bad).Sealed(),
            ModelImageError.BadHeader),
    ];

    /// <summary>A text of printable characters with a zero behind it.</summary>
    private static IEnumerable<DamagedImage> Text(string name, byte[] image, int at, int bytes, char first)
    {
        return
        [
            new($"{name} of {bytes - 1} characters", image, Filled('~', bytes - 1), null),
            new($"{name} of {bytes} characters", image, Filled('~', bytes), ModelImageError.BadHeader),
            new($"{name} of the first character", image, Filled(first, 1), null),
            new($"{name} of the character before the first", image, Filled((char)(first - 1), 1), ModelImageError.BadHeader),
            new($"{name} of a character after the last", image, Filled('\x7F', 1), ModelImageError.BadHeader),
            new($"{name} with something behind its end", image, new ImageEdit(image).Write8(at + bytes - 1, 'x').Sealed(), ModelImageError.BadHeader),
        ];

        byte[] Filled(char character, int count)
        {
            var edit = new ImageEdit(image);
            for (int i = 0; i < bytes; i++)
            {
                edit.Write8(at + i, i < count ? character : 0);
            }
            return edit.Sealed();
        }
    }

    private static IEnumerable<DamagedImage> Around(string name, int most, ModelImageError error, Func<int, byte[]> image) =>
        [Good($"most {name}", image(most)), Bad($"more {name}", image(most + 1), error)];

    private static DamagedImage Good(string name, byte[] image) => new(name, image, image, null);

    private static DamagedImage Bad(string name, byte[] image, ModelImageError error) => new(name, image, image, error);

    private static byte[] Image(
        int channels, int samples, Func<GraphBuilder, ActivationTensor> network, int labels = 0, int tensors = 0, int vectors = 0)
    {
        InputChannel[] inputs = [.. Enumerable.Range(0, channels).Select(i => new InputChannel($"c{i}", "g", 1))];
        var builder = new GraphBuilder("limits", new InputSpecification(inputs, samples, 1, 1000), Unit)
        {
            Labels = [.. Enumerable.Range(0, labels).Select(i => $"l{i}")],
        };
        Graph graph = builder.Build(network(builder));
        IEnumerable<Tensor> unused = Enumerable.Range(0, Math.Max(tensors - graph.Tensors.Count, 0)).Select(_ => ConstantTensor.FromInt8(1, 1, [0]));
        graph = (graph with { Tensors = [.. graph.Tensors, .. unused] }).WithTestWindows(Enumerable.Range(0, vectors).Select(i => new[] { (short)i }));
        return ImageWriter.WriteUnchecked(graph, ArenaPlanner.Plan(graph));
    }

    private static ActivationTensor Last(GraphBuilder builder) => builder.Last(builder.Window);

    private static ActivationTensor Chain(GraphBuilder builder, int operators) =>
        Enumerable.Range(1, operators - 1).Aggregate(Last(builder), (x, _) => builder.Last(x));

    private static ActivationTensor Linear(GraphBuilder builder, Tensor x, int columns) =>
        builder.Linear(x, new sbyte[x.Columns * columns], [.. Enumerable.Repeat(1.0, columns)], new int[columns], Unit);

    private static ActivationTensor Norm(GraphBuilder builder, int columns) => builder.LayerNorm(Linear(builder, Last(builder), columns),
        [.. Enumerable.Repeat(1.0, columns)], new double[columns], 1e-3, Unit);

    private static ActivationTensor Attention(GraphBuilder builder) => builder.Last(builder.Attention(
        builder.Window, 1, 1, new sbyte[3], [1, 1, 1], new int[3], new AttentionQuantization(Unit, Unit, Unit, Unit, Unit)));
}
