using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Images at each limit of MODEL-IMAGE.md, which open, and one beyond it, which are refused: all else in them is right.</summary>
internal static class Limits
{
    private const int MaxArena = 1 << 20;

    private static readonly Quantization Unit = new(1, 0);

    private static readonly byte[] Smallest = Image(1, 1, Last);

    private static readonly byte[] Labelled = Image(1, 1, Last, labels: 1);

    private static readonly byte[] Layer = Image(1, 1, builder => Linear(builder, builder.Window, 1));

    // Fields of the image with one linear layer: what is still good, and what is not.
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
        (124, 9, 10),
        (98, -32768, -32767),
        (84, 1, 2),
    ];

    private static readonly (int Offset, int Good, int Bad)[] Tensor =
    [
        (14, -128, -129),
        (14, 127, 128),
        (20, -62, -63),
        (20, 31, 32),
    ];

    // Of a distance: power, shift of its input, bits.
    private static readonly (int Offset, int Good, int Bad)[] Parameters =
    [
        (32, 2, 3),
        (44, -31, -32),
        (44, 1, 2),
        (56, 40, 41),
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
        .. Tensor.SelectMany(row => Fields(row, Field(row.Offset), "tensor")),
        .. Around("columns of a tensor", 32768, ModelImageError.BadTensor, count => Image(1, 1, Last, unused: count)),
        Bad("a tensor without rows", Unused(image => image.Write16(8, 0)), ModelImageError.BadTensor),
        Bad("a tensor without columns", Unused(image => image.Write16(10, 0)), ModelImageError.BadTensor),
        .. Parameters.SelectMany(row => Parameter(row.Offset, row.Good, row.Bad)),
        .. Groups(),
        Bad("a linear layer in place", InPlace(Image(1, 1, builder => Linear(builder, Last(builder), 1))), ModelImageError.BadPlan),
        Bad("a tensor that is written again after its last use", WrittenTwice(), ModelImageError.BadPlan),
        SecondInput("of a concat is a constant", JoinColumns, constant: true),
        SecondInput("of an add is the window", builder => builder.Add(Last(builder), Last(builder), Unit), constant: false),
        Bad("an attention with fewer rows than its input", Resized(Image(1, 8, Attention), 0, 7, 1), ModelImageError.BadOperator),
        Bad("a last row of more columns", Resized(Smallest, 0, 1, 2), ModelImageError.BadOperator),
        Bad("a concat of more columns than both", Resized(Image(1, 1, JoinColumns), 2, 1, 3), ModelImageError.BadOperator),
        Bad("a concat of more rows than both", Resized(Image(1, 1, JoinRows), 2, 3, 1), ModelImageError.BadOperator),
        Bad("an attention pool without scratch", WithoutScratch(Image(1, 8, AttentionPool)), ModelImageError.BadOperator),
        Bad("one tensor only", new ImageEdit(Smallest).Write16(76, 1).Write16(88, 0).Sealed(), ModelImageError.BadHeader),
        Good("the smallest", Smallest),
    ];

    /// <summary>Of the tensor that the linear layer writes.</summary>
    private static Func<ImageEdit, int, ImageEdit> Field(int offset) => (image, value) =>
    {
        int at = image.Tensor(image.Read16(image.Operator(0) + 6)) + offset;
        return offset == 14 ? image.Write16(at, value) : image.Write32(at, value);
    };

    private static IEnumerable<DamagedImage> Fields(
        (int Offset, int Good, int Bad) row, Func<ImageEdit, int, ImageEdit> write, string record = "header") =>
    [
        new($"{record} {row.Offset} may be {row.Good}, not {row.Bad}", Layer, write(new ImageEdit(Layer), row.Good).Sealed(), null),
        new($"{record} {row.Offset} may not be {row.Bad}, but {row.Good}", Layer, write(new ImageEdit(Layer), row.Bad).Sealed(),
            record == "header" ? ModelImageError.BadHeader : ModelImageError.BadTensor),
    ];

    /// <summary>The smallest image with one more tensor of one byte, changed: without bytes it has neither rows nor columns.</summary>
    private static byte[] Unused(Func<TensorEdit, ImageEdit> change)
    {
        var image = new ImageEdit(Image(1, 1, Last, unused: 1));
        image.Write32(image.Tensor(2) + 4, 0);
        return change(new TensorEdit(image, image.Tensor(2))).Sealed();
    }

    private sealed record TensorEdit(ImageEdit Image, int Record)
    {
        public ImageEdit Write16(int offset, int value) => Image.Write16(Record + offset, value);
    }

    /// <summary>
    /// Groups over whole tensors, whose tile is all rows, in: 0 convolution, 1 linear, 2 lookup, 3 linear, 4 convolution, 5 add of 1 and 4, 6 last.
    /// </summary>
    private static IEnumerable<DamagedImage> Groups()
    {
        const int Rows = 4;
        byte[] rows = Image(1, Rows, RowWise), window = Image(1, Rows, builder => builder.Last(Linear(builder, Linear(builder, builder.Window, 1), 1)));
        return
        [
            Grouped("whose tensors overlap", rows, ModelImageError.BadPlan, (1, 2, Rows)),
            Grouped("of one", rows, ModelImageError.BadOperator, (1, 1, Rows)),
            Grouped("without tile rows", rows, ModelImageError.BadOperator, (1, 2, 0)),
            Grouped("with more tile rows than rows", rows, ModelImageError.BadOperator, (1, 2, Rows + 1)),
            Grouped("with a convolution at its end", rows, ModelImageError.BadOperator, (1, 4, Rows)),
            Grouped("with a convolution at its beginning", rows, ModelImageError.BadOperator, (0, 2, Rows)),
            Bad("a group over whole tensors, of which the program has all but the last operator", Cut(), ModelImageError.BadOperator),
            Grouped("in a group", rows, ModelImageError.BadOperator, (1, 3, Rows), (2, 2, Rows)),
            Grouped("that begins in a group", rows, ModelImageError.BadOperator, (1, 2, Rows), (2, 2, Rows)),
            Grouped("that reads the window", window, ModelImageError.BadOperator, (0, 2, Rows)),
        ];

        byte[] Cut()
        {
            var image = new ImageEdit(rows);
            return image.Write8(image.Operator(1) + 1, 3).Write16(image.Operator(1) + 24, Rows).Write16(78, 3).Sealed();
        }
    }

    /// <summary>An operator whose second input must be an activation, or in an add a constant.</summary>
    private static DamagedImage SecondInput(string name, Func<GraphBuilder, ActivationTensor> network, bool constant)
    {
        byte[] source = Image(1, 1, network, unused: 1);
        var image = new ImageEdit(source);
        int tensor = constant ? image.Read16(76) - 1 : image.Read16(86);
        return new DamagedImage($"the second input {name}", source, image.Write16(image.Operator(2) + 4, tensor).Sealed(), ModelImageError.BadOperator);
    }

    /// <summary>With another shape of what an operator writes.</summary>
    private static byte[] Resized(byte[] source, int step, int rows, int columns)
    {
        var image = new ImageEdit(source);
        int output = image.Tensor(image.Read16(image.Operator(step) + 6));
        return image.Write32(output + 4, rows * columns).Write16(output + 8, rows).Write16(output + 10, columns).Sealed();
    }

    /// <summary>What operator 1 writes lies on what it reads.</summary>
    private static byte[] InPlace(byte[] source)
    {
        var image = new ImageEdit(source);
        int input = image.Tensor(image.Read16(image.Operator(1) + 2)), output = image.Tensor(image.Read16(image.Operator(1) + 6));
        return image.Write32(output, image.Read32(input)).Sealed();
    }

    /// <summary>Convolution to A, linear layer of A to B, convolution to C, B's last row: the second convolution writes A.</summary>
    private static byte[] WrittenTwice()
    {
        var image = new ImageEdit(Image(1, 4, builder =>
        {
            var kept = Linear(builder, Convolution(builder, builder.Window), 1);
            Convolution(builder, builder.Window);
            return builder.Last(kept);
        }));
        return image.Retire(image.Read16(image.Operator(2) + 6))
            .Write16(image.Operator(2) + 6, image.Read16(image.Operator(0) + 6)).Sealed();
    }

    private static byte[] WithoutScratch(byte[] source)
    {
        var image = new ImageEdit(source);
        return image.Write32(image.Operator(0) + 16, 0).Write32(image.Operator(0) + 20, 0).Sealed();
    }

    private static ActivationTensor JoinColumns(GraphBuilder builder) => builder.Concat(Last(builder), Last(builder), ConcatAxis.Columns, Unit);

    private static ActivationTensor JoinRows(GraphBuilder builder) =>
        builder.Last(builder.Concat(Last(builder), Last(builder), ConcatAxis.Rows, Unit));

    private static ActivationTensor AttentionPool(GraphBuilder builder) => builder.AttentionPool(builder.Window, [1], 1, 0, Unit, Unit);

    private static ActivationTensor RowWise(GraphBuilder builder)
    {
        var second = Linear(builder, Convolution(builder, builder.Window), 1);
        var third = Linear(builder, builder.Lookup(second, value => value, Unit), 1);
        return builder.Last(builder.Add(Convolution(builder, third), second, Unit));
    }

    private static ActivationTensor Convolution(GraphBuilder builder, Tensor x) =>
        builder.Conv1d(x, [1], [1], [0], ConvolutionShape.Valid(x.Rows, 1, 1), Unit);

    private static DamagedImage Grouped(string name, byte[] source, ModelImageError? expected, params (int Step, int Count, int Rows)[] groups)
    {
        var image = new ImageEdit(source);
        foreach (var (step, count, rows) in groups)
        {
            image.Write8(image.Operator(step) + 1, count).Write16(image.Operator(step) + 24, rows);
        }

        return new DamagedImage($"a group over whole tensors, {name}", source, image.Sealed(), expected);
    }

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

    private static IEnumerable<DamagedImage> Parameter(int offset, int good, int bad)
    {
        byte[] source = Image(1, 1, builder => builder.Distance(Last(builder), Last(builder), DistanceNorm.Absolute, Unit));
        return
        [
            Good($"a distance with {good} at {offset}, not {bad}", With(good)),
            Bad($"a distance with {bad} at {offset}, not {good}", With(bad), ModelImageError.BadOperator),
        ];

        byte[] With(int value)
        {
            var image = new ImageEdit(source);
            return image.Write32(image.Operator(2) + offset, value).Sealed();
        }
    }

    private static IEnumerable<DamagedImage> Around(string name, int most, ModelImageError error, Func<int, byte[]> image) =>
        [Good($"most {name}", image(most)), Bad($"more {name}", image(most + 1), error)];

    private static DamagedImage Good(string name, byte[] image) => new(name, image, image, null);

    private static DamagedImage Bad(string name, byte[] image, ModelImageError error) => new(name, image, image, error);

    private static byte[] Image(
        int channels, int samples, Func<GraphBuilder, ActivationTensor> network, int labels = 0, int tensors = 0, int vectors = 0, int unused = 0)
    {
        InputChannel[] inputs = [.. Enumerable.Range(0, channels).Select(i => new InputChannel($"c{i}", "g", 1))];
        var builder = new GraphBuilder("limits", new InputSpecification(inputs, samples, 1, 1000), Unit)
        {
            Labels = [.. Enumerable.Range(0, labels).Select(i => $"l{i}")],
        };
        var graph = builder.Build(network(builder));
        IEnumerable<Tensor> more = Enumerable.Range(0, Math.Max(tensors - graph.Tensors.Count, 0)).Select(_ => ConstantTensor.FromInt8(1, 1, [0]));
        if (unused > 0)
        {
            more = more.Append(ConstantTensor.FromInt8(1, unused, new sbyte[unused]));
        }

        graph = (graph with { Tensors = [.. graph.Tensors, .. more] }).WithTestWindows(Enumerable.Range(0, vectors).Select(i => new[] { (short)i }));
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
