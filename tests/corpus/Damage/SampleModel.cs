using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>A small fixed model with one operator of every kind: window [8][2] to three probabilities.</summary>
internal static class SampleModel
{
    public const int Rows = 8;
    public const int Channels = 2;
    public const int Width = 4;
    public const int Heads = 2;

    public static Graph Create()
    {
        var random = new Random(42);
        InputChannel[] channels = [new("acc_x", "g", 1.0 / 4096), new("acc_y", "g", 1.0 / 4096)];
        var builder = new GraphBuilder("sample", new InputSpecification(channels, Rows, Rows / 2, 50_000))
        {
            Labels = ["still", "walk", "run"],
            GateThresholdPermille = 600,
        };
        var unit = new Quantization(1.0 / 32, 0);

        var x = builder.Quantize([10, -20], [1.0 / 4096, 1.0 / 4096], unit);
        x = builder.Conv1d(x, Weights(random, Width * 3 * Channels), Scales(Width), new int[Width],
            ConvolutionShape.Same(Rows, 3, 1), new Quantization(1.0 / 32, -128), Activation.Relu);
        x = builder.DepthwiseConv1d(x, Weights(random, 3 * Width), Scales(Width), [50, 0, -50, 0],
            ConvolutionShape.Same(Rows, 3, 1), unit);
        x = builder.AddConstant(x, Weights(random, Rows * Width), new Quantization(1.0 / 128, 3), unit);
        var context = builder.Attention(x, Heads, Width / Heads, Weights(random, 3 * Width * Width), Scales(3 * Width),
            new int[3 * Width], new AttentionQuantization(unit, unit, unit, new Quantization(1.0 / 8, 0), unit));
        x = builder.Add(x, context, new Quantization(1.0 / 16, 5));
        x = builder.Mean(x, unit);
        x = builder.Linear(x, Weights(random, 3 * Width), Scales(3), [100, -100, 0], new Quantization(1.0 / 16, 7));
        return builder.Build(builder.Softmax(x)).WithTestWindows([Window(random), Window(random)]);
    }

    public static short[] Window(Random random) =>
        [.. Enumerable.Range(0, Rows * Channels).Select(_ => (short)random.Next(-8000, 8000))];

    private static sbyte[] Weights(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-127, 128))];

    private static double[] Scales(int count) => [.. Enumerable.Range(0, count).Select(i => (1 + i % 3) / 256.0)];
}
