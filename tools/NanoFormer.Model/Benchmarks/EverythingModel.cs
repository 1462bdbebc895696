namespace NanoFormer.Model;

/// <summary>A small model with every operator: four classes, and an anomaly score beside them.</summary>
internal static class EverythingModel
{
    private const int Samples = 64;
    private const int Channels = 4;
    private const int Width = 12;
    private const int Heads = 2;
    private const int Classes = 4;
    private const double Gain = 1.0 / 4096;

    private static readonly RandomLayers Layers = new(seed: 2);

    /// <summary>The graph, with test vectors.</summary>
    public static Graph Create()
    {
        InputChannel[] channels = [.. Enumerable.Range(0, Channels).Select(i => new InputChannel($"channel_{i}", "g", Gain))];
        var builder = new GraphBuilder("everything", new InputSpecification(channels, Samples, Samples, 25_000))
        {
            ClassCount = Classes,
            AlarmThreshold = 100,
            GateThresholdPermille = 500,
        };
        var tokens = Embed(builder);
        var attended = Attend(builder, tokens);
        var answer = Answer(builder, attended);
        var score = Score(builder, tokens, attended);
        var graph = builder.Build(builder.Concat(answer, score, ConcatAxis.Columns, Quantization.Probability));
        var unit = new Quantization(1.0 / 40, 0);
        var windows = Enumerable.Range(0, 3).Select(_ => Layers.Window(Samples, Channels, unit));
        return graph.WithTestWindows(windows.Select(window => Array.ConvertAll(window, value => (short)(value * 100))));
    }

    /// <summary>Two streams of channels, one of them at half the rate, convolved and joined; positions.</summary>
    private static ActivationTensor Embed(GraphBuilder builder)
    {
        var fast = builder.Quantize([0, 40, -40, 0], [Gain, Gain, Gain, Gain], Layers.Quantization(1));
        var slow = builder.Quantize([10, -10], [Gain, Gain], Layers.Quantization(1), firstChannel: 2, step: 2);
        var patches = Layers.Conv1d(builder, fast, 9, ConvolutionShape.Same(fast.Rows, 5, 4));
        double[] scales = Layers.WeightScales(2, inputs: 4, inputSize: 1, deviation: 1);
        var smooth = builder.DepthwiseConv1d(slow, Layers.Weights(4 * 2), scales, [20, -20],
            ConvolutionShape.Same(slow.Rows, 4, 2), Layers.Quantization(1));
        var joined = builder.Concat(patches, smooth, ConcatAxis.Columns, Layers.Quantization(1));
        var tokens = Layers.Linear(builder, joined, Width, inputSize: 1, deviation: 1);
        return builder.AddConstant(tokens, Layers.Weights(tokens.Count), new Quantization(0.3 / 73, 0), Layers.Quantization(1.1));
    }

    /// <summary>Local attention, linear attention over all, and a feed-forward layer with GELU, each normalized.</summary>
    private static ActivationTensor Attend(GraphBuilder builder, ActivationTensor tokens)
    {
        var part = Layers.Quantization(1);
        int headColumns = Width / Heads;
        double[] scales = Layers.WeightScales(3 * Width, Width, inputSize: 1.1, deviation: 1);
        var local = builder.Attention(tokens, Heads, headColumns, Layers.Weights(3 * Width * Width), scales,
            new int[3 * Width], new AttentionQuantization(part, part, part, part, Layers.Quantization(0.5)), new AttentionReach(3, 2));
        var x = Normalized(builder, builder.Add(tokens, local, Layers.Quantization(1.3)));
        double[] linearScales = Layers.WeightScales(3 * Width, Width, inputSize: 1, deviation: 1);
        var global = builder.LinearAttention(x, Heads, headColumns, Layers.Weights(3 * Width * Width), linearScales,
            new int[3 * Width], new LinearAttentionQuantization(part, part, part, Layers.Quantization(0.4)), isCausal: false);
        x = Normalized(builder, builder.Add(x, global, Layers.Quantization(1.1)));
        var hidden = Layers.Linear(builder, x, 2 * Width, inputSize: 1, deviation: 1);
        var active = builder.Lookup(hidden, Nonlinearity.Gelu, new Quantization(3.2 / 255, -115));
        return builder.Add(x, Layers.Linear(builder, active, Width, inputSize: 0.6, deviation: 0.7), Layers.Quantization(1.2));
    }

    private static ActivationTensor Normalized(GraphBuilder builder, ActivationTensor x)
    {
        double[] gains = [.. Enumerable.Range(0, x.Columns).Select(i => 0.8 + 0.05 * i)];
        double[] biases = [.. Enumerable.Range(0, x.Columns).Select(i => 0.1 * (i % 3 - 1))];
        return builder.LayerNorm(x, gains, biases, 1e-5, Layers.Quantization(1));
    }

    /// <summary>Three ways of pooling, one after the other, to probabilities.</summary>
    private static ActivationTensor Answer(GraphBuilder builder, ActivationTensor x)
    {
        var weighted = builder.AttentionPool(
            x, Layers.Weights(Width), 1.0 / (73 * Math.Sqrt(Width)), 0, Layers.Quantization(1.2), Layers.Quantization(0.6));
        var mean = builder.Mean(x, Layers.Quantization(0.5));
        var both = builder.Concat(mean, weighted, ConcatAxis.Rows, Layers.Quantization(0.6));
        var all = builder.Concat(both, builder.Last(x), ConcatAxis.Rows, Layers.Quantization(0.8));
        var pooled = builder.Mean(all, Layers.Quantization(0.6));
        return builder.Softmax(Layers.Linear(builder, pooled, Classes, inputSize: 0.6, deviation: 1.5));
    }

    /// <summary>How far a forecast of each next token is from it.</summary>
    private static ActivationTensor Score(GraphBuilder builder, ActivationTensor tokens, ActivationTensor attended)
    {
        var forecast = Layers.Linear(builder, attended, Width, inputSize: 1.2, deviation: 1.1);
        return builder.Distance(forecast, tokens, DistanceNorm.Absolute, new Quantization(1.0 / 60, -128), lag: 1);
    }
}
