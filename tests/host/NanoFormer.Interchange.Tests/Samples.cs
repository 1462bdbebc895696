using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests;

/// <summary>Made-up integer models. All scales are floats, as those of a trained model are.</summary>
internal sealed class Samples
{
    private readonly Random _random;
    private readonly GraphBuilder _builder;

    private Samples(int seed, int rows, int channels)
    {
        _random = new Random(seed);
        InputChannel[] inputs = [.. Enumerable.Range(0, channels).Select(i => new InputChannel($"channel_{i}", "g", 1.0 / 4096))];
        _builder = new GraphBuilder($"sample-{seed}", new InputSpecification(inputs, rows, rows, 50_000))
        {
            Labels = ["still", "walk",
            "run"]
        };
    }

    /// <summary>An encoder as the trainer makes one: convolutions, positions, a block of two heads, mean, head.</summary>
    public static Graph Encoder(int seed = 1)
    {
        const int Rows = 24;
        const int Width = 8;
        var sample = new Samples(seed, Rows, channels: 3);
        var x = sample.Input(Rows, 3);
        x = sample.Conv1d(x, Width, new ConvolutionShape(5, 2, 2, Rows / 2), Activation.Relu);
        x = sample._builder.AddConstant(x, sample.Weights(x.Count), new Quantization(sample.Scale(1.0 / 128), 3), sample.Quantization());
        var context = sample.Attention(x, heads: 2, headColumns: 3);
        x = sample._builder.Add(x, sample.Linear(context, Width), sample.Quantization());
        var hidden = sample.Linear(x, 2 * Width, Activation.Relu);
        x = sample._builder.Add(x, sample.Linear(hidden, Width), sample.Quantization());
        return sample.Finish(sample._builder.Mean(x, sample.Quantization()));
    }

    /// <summary>
    /// What an encoder of the trainer does not have: two streams, joined; depthwise convolutions, tables, clips, attention pooling, layer
    /// normalization if asked for.
    /// </summary>
    public static Graph Unusual(int seed, bool hasLayerNorm = false)
    {
        const int Rows = 20;
        var sample = new Samples(seed, Rows, channels: 4);
        var builder = sample._builder;
        var motion = builder.Quantize([3, -5], [1.0 / 4000, 1.0 / 3000], new Quantization(sample.Scale(1.0 / 64), -3));
        var slow = builder.Quantize([0, 0], [1.0 / 4096, 1.0 / 4096], new Quantization(sample.Scale(1.0 / 50), 9),
            firstChannel: 2, step: 2);
        motion = sample.Conv1d(motion, 6, new ConvolutionShape(4, 2, 1, 9), Activation.ClippedRelu(1.5));
        slow = sample.Conv1d(slow, 6, new ConvolutionShape(3, 1, 0, 8), Activation.None);
        var x = builder.Concat(motion, slow, ConcatAxis.Rows, sample.Quantization());
        x = sample.DepthwiseConv1d(x, ConvolutionShape.Same(x.Rows, 3, 1), Activation.ClippedRelu(6));
        x = builder.Lookup(x, Nonlinearity.Gelu, sample.Quantization());
        x = hasLayerNorm ? builder.LayerNorm(x, sample.Reals(6), sample.Reals(6), 1e-5, sample.Quantization()) : x;
        x = builder.Concat(x, sample.Attention(x, heads: 1, headColumns: 4), ConcatAxis.Columns, sample.Quantization());
        var pooled = builder.AttentionPool(
            x, sample.Weights(x.Columns), sample.Scale(1.0 / 200), 40, new Quantization(sample.Scale(1.0 / 20), -7), sample.Quantization());
        return sample.Finish(builder.Add(pooled, builder.Last(x), sample.Quantization(), Activation.Relu));
    }

    /// <summary>Classes and an anomaly score: how far a linear layer of the tokens is from the samples they were made of.</summary>
    public static Graph Scored(int seed, DistanceNorm norm, int lag, bool eachChannel = false)
    {
        const int Rows = 16;
        var sample = new Samples(seed, Rows, channels: 2);
        var builder = sample._builder;
        var x = sample.Input(Rows, 2);
        var patches = sample.Conv1d(x, 8, ConvolutionShape.Valid(Rows, 4, 4), Activation.None);
        var reconstruction = sample.Linear(sample.Conv1d(x, 6, ConvolutionShape.Valid(Rows, 4, 4), Activation.Relu), 8);
        var error = builder.Distance(reconstruction, patches, norm, new Quantization(1.0 / 8, -128), lag, eachChannel);
        return builder.Build(builder.Concat(builder.Mean(reconstruction, sample.Quantization()), error, ConcatAxis.Columns, sample.Quantization()));
    }

    /// <summary>Windows of noise, of a strength between silence and far too much.</summary>
    public static short[] Window(Graph graph, Random random)
    {
        int limit = 1 << random.Next(4, 16);
        return [.. Enumerable.Range(0, graph.Window.Count).Select(_ => (short)random.Next(-limit, limit))];
    }

    private Graph Finish(ActivationTensor pooled) => _builder.Build(_builder.Softmax(Linear(pooled, 3)));

    private ActivationTensor Input(int rows, int channels) =>
        _builder.Quantize(new int[channels], [.. Enumerable.Repeat(1.0 / 4096, channels)], new Quantization(Scale(rows / 2000.0), 0));

    private ActivationTensor Conv1d(Tensor input, int outputs, ConvolutionShape shape, Activation activation) => _builder.Conv1d(
        input, Weights(outputs * shape.Kernel * input.Columns), Scales(outputs), Biases(outputs), shape, Quantization(), activation);

    private ActivationTensor DepthwiseConv1d(Tensor input, ConvolutionShape shape, Activation activation) => _builder.DepthwiseConv1d(
        input, Weights(shape.Kernel * input.Columns), Scales(input.Columns), Biases(input.Columns), shape, Quantization(), activation);

    private ActivationTensor Linear(Tensor input, int outputs, Activation activation = default) => _builder.Linear(
        input, Weights(outputs * input.Columns), Scales(outputs), Biases(outputs), Quantization(), activation);

    private ActivationTensor Attention(Tensor input, int heads, int headColumns)
    {
        int rows = 3 * heads * headColumns;
        var inside = new AttentionQuantization(
            Quantization(), Quantization(), Quantization(), new Quantization(Scale(1.0 / 16), _random.Next(-20, 20)), Quantization());
        return _builder.Attention(input, heads, headColumns, Weights(rows * input.Columns), Scales(rows), Biases(rows), inside);
    }

    private Quantization Quantization() => new(Scale(1.0 / 24), _random.Next(-40, 40));

    /// <summary>A float near a value, of many bits.</summary>
    private float Scale(double near) => (float)(near * (0.7 + 0.6 * _random.NextDouble()));

    private double[] Scales(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)Scale(1.0 / 300))];

    private double[] Reals(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * _random.NextDouble() - 0.5)];

    private sbyte[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (sbyte)_random.Next(-127, 128))];

    private int[] Biases(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(-2000, 2000))];
}
