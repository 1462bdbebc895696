using NanoFormer.Model;

namespace NanoFormer.Emulator.Tests;

/// <summary>
/// An encoder of the benchmark's shape with random weights: window [128][6], 16 tokens of 32, two blocks of 4 heads and a
/// feed-forward layer of 64, six classes.
/// </summary>
internal static class BenchmarkModel
{
    public const int Rows = 128;
    public const int Channels = 6;
    public const int Outputs = 6;
    private const int Tokens = 16;
    private const int Patch = Rows / Tokens;
    private const int Width = 32;
    private const int Heads = 4;
    private const int Hidden = 64;
    private const int Blocks = 2;
    private static readonly Quantization Unit = new(1.0 / 32, 0);

    public static byte[] Image { get; } = ImageWriter.Write(Create());

    public static short[] Window(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows * Channels).Select(_ => (short)random.Next(-8000, 8000))];
    }

    private static Graph Create()
    {
        var random = new Random(1);
        string[] names = ["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"];
        InputChannel[] channels = [.. names.Select((name, i) => i < 3
            ? new InputChannel(name, "g", 1.0 / 4096)
            : new InputChannel(name, "deg/s", 1.0 / 16))];
        var builder = new GraphBuilder("benchmark", new InputSpecification(channels, Rows, Rows / 2, 50_000))
        {
            Labels = ["one", "two", "three", "four", "five", "six"],
            GateThresholdPermille = 600,
            Postures = 0b11,
            Voters = 5,
        };
        var x = builder.Quantize(new int[Channels], [.. Enumerable.Repeat(1.0 / 4096, Channels)], Unit);
        x = builder.Conv1d(x, Weights(random, Width * Patch * Channels), Scales(Width), new int[Width],
            ConvolutionShape.Valid(Rows, Patch, Patch), Unit);
        for (int block = 0; block < Blocks; block++)
        {
            x = Block(builder, random, x);
        }

        x = builder.Linear(builder.Mean(x, Unit), Weights(random, Outputs * Width), Scales(Outputs), new int[Outputs], Unit);
        return builder.Build(builder.Softmax(x)).WithTestWindows([Window(1), Window(2)]);
    }

    private static ActivationTensor Block(GraphBuilder builder, Random random, ActivationTensor x)
    {
        var quantization = new AttentionQuantization(Unit, Unit, Unit, new Quantization(1.0 / 8, 0), Unit);
        var context = builder.Attention(x, Heads, Width / Heads, Weights(random, 3 * Width * Width), Scales(3 * Width),
            new int[3 * Width], quantization);
        x = builder.Add(x, Dense(builder, random, context, Width), Unit);
        var hidden = Dense(builder, random, x, Hidden, Activation.Relu);
        return builder.Add(x, Dense(builder, random, hidden, Width), Unit);
    }

    private static ActivationTensor Dense(GraphBuilder builder, Random random, ActivationTensor x, int columns,
        Activation activation = default) =>
        builder.Linear(x, Weights(random, columns * x.Columns), Scales(columns), new int[columns], Unit, activation);

    private static sbyte[] Weights(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-127, 128))];

    private static double[] Scales(int count) => [.. Enumerable.Range(0, count).Select(i => (1 + i % 3) / 1024.0)];
}
