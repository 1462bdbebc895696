using System.IO.Compression;
using System.Runtime.InteropServices;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Onnx;

public sealed class OnnxExporterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_float_file_of_an_encoder_gives_what_its_steps_say(int seed) => RequireNear(Samples.Encoder(seed));

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void So_does_that_of_unusual_steps(int seed) => RequireNear(Samples.Unusual(seed, hasLayerNorm: true));

    [Theory]
    [InlineData(DistanceNorm.Absolute, 0)]
    [InlineData(DistanceNorm.Squared, 0)]
    [InlineData(DistanceNorm.Absolute, 1)]
    [InlineData(DistanceNorm.Squared, 3)]
    public void So_does_that_of_an_anomaly_score(DistanceNorm norm, int lag) => RequireNear(Samples.Scored(7, norm, lag));

    [Theory]
    [InlineData(DistanceNorm.Absolute, 0)]
    [InlineData(DistanceNorm.Squared, 1)]
    public void The_quantized_file_of_an_anomaly_score_follows_the_integer_model(DistanceNorm norm, int lag) =>
        RequireFollows(Samples.Scored(8, norm, lag), tolerance: 3);

    [Fact]
    public void What_a_float_network_does_not_have_is_refused_by_name()
    {
        var builder = new GraphBuilder("linear", new InputSpecification([new InputChannel("x", "g", 1.0)], 4, 4, 1000));
        var tenth = new Quantization(0.1, 0);
        var x = builder.Quantize([0], [1.0], tenth);
        x = builder.LinearAttention(x, 1, 1, [1, 2, 3], [0.01, 0.01, 0.01], [0, 0, 0],
            new LinearAttentionQuantization(tenth, tenth, tenth, tenth), isCausal: false, decay: 0);

        RequireRefusal("LinearAttention", builder.Build(builder.Last(x)));
        RequireRefusal("Distance", Samples.Scored(7, DistanceNorm.Absolute, lag: 0, eachChannel: true));

        static void RequireRefusal(string name, Graph graph)
        {
            InterchangeException[] faults =
            [
                Assert.Throws<InterchangeException>(() => Dequantizer.Run(graph)),
                Assert.Throws<InterchangeException>(() => OnnxExporter.ExportQuantized(graph)),
            ];
            Assert.All(faults, fault => Assert.Equal(InterchangeError.OperatorNotExpressible, fault.Error));
            Assert.All(faults, fault => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_dequantized_network_is_near_the_integer_one()
    {
        var graph = Samples.Encoder();
        var network = Dequantizer.Run(graph);
        var executor = new ReferenceExecutor(graph);
        var random = new Random(1);
        double error = 0;
        for (int i = 0; i < 50; i++)
        {
            short[] window = Gentle(graph, random);
            var trace = FloatEvaluator.Trace(network, Physical(graph, window));
            float[] probabilities = [.. executor.Run(window).Select(value => (value + 128) / 256f)];
            error = Math.Max(error, trace[network.Output].Zip(probabilities, (x, y) => Math.Abs(x - y)).Max());
        }

        Assert.InRange(error, 0, 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_quantized_file_follows_the_integer_model(bool isUnusual) =>
        RequireFollows(isUnusual ? Samples.Unusual(6, hasLayerNorm: true) : Samples.Encoder(6), tolerance: 12);

    [Fact]
    public void Several_windows_make_a_batch()
    {
        var graph = Samples.Encoder();
        using var run = new OnnxSession(OnnxExporter.ExportFloat(Dequantizer.Run(graph)));
        float[] first = Physical(graph, Samples.Window(graph, new Random(1)));
        float[] second = Physical(graph, Samples.Window(graph, new Random(2)));

        float[] both = run.Run([.. first, .. second], 2, graph.Window.Rows, graph.Window.Columns);

        float[] alone = [.. run.Run(first, 1, graph.Window.Rows, graph.Window.Columns),
            .. run.Run(second, 1, graph.Window.Rows, graph.Window.Columns)];
        Assert.All(both.Zip(alone), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void The_file_says_where_its_numbers_come_from_and_what_its_columns_mean()
    {
        using var run = new OnnxSession(OnnxExporter.ExportFloat(Dequantizer.Run(Samples.Encoder())));

        Assert.Contains("Dequantized from the integer model", run.Metadata("source"), StringComparison.Ordinal);
        Assert.Equal("still,walk,run", run.Metadata("labels"));
        Assert.Equal("channel_0 (g),channel_1 (g),channel_2 (g)", run.Metadata("channels"));
    }

    [Fact]
    public void On_recorded_motion_the_quantized_file_answers_as_the_shipped_model()
    {
        string folder = Repository.RequireDataset("uci_har");
        byte[] image = File.ReadAllBytes(Path.Combine(Repository.Root, "model-blobs", "wearable-har", "model.nfm"));
        var graph = ImageReader.Read(image).Graph;
        using var file = new GZipStream(File.OpenRead(Path.Combine(folder, "test.i16.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        short[][] windows = [.. MemoryMarshal.Cast<byte, short>(bytes.ToArray()).ToArray().Chunk(graph.Window.Count)];
        using var run = new OnnxSession(OnnxExporter.ExportQuantized(graph));
        using var engine = IntegerEngine.Open(image);

        float[] answers = run.Run([.. windows.SelectMany(window => Physical(graph, window))], windows.Length, graph.Window.Rows,
            graph.Window.Columns);
        sbyte[] expected = new sbyte[graph.Output.Columns];
        int agreed = windows.Zip(answers.Chunk(graph.Output.Columns)).Count(pair =>
        {
            engine.Run(pair.First, expected);
            return Array.IndexOf(pair.Second, pair.Second.Max()) == Array.IndexOf(expected, expected.Max());
        });

        Assert.Equal(2947, windows.Length);
        Assert.InRange((double)agreed / windows.Length, 0.995, 1);
    }

    internal static float[] Physical(Graph graph, short[] window) =>
        [.. window.Select((value, i) => (float)(value * graph.Input.Channels[i % graph.Window.Columns].Scale.ToReal()))];

    private static void RequireNear(Graph graph)
    {
        var network = Dequantizer.Run(graph);
        using var run = new OnnxSession(OnnxExporter.ExportFloat(network));
        var random = new Random(1);
        for (int i = 0; i < 10; i++)
        {
            float[] window = Physical(graph, Samples.Window(graph, random));
            float[] actual = run.Run(window, 1, graph.Window.Rows, graph.Window.Columns);
            Assert.All(actual.Zip(FloatEvaluator.Run(network, window)), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        }
    }

    /// <summary>Outputs no more steps away from those of the integer model.</summary>
    private static void RequireFollows(Graph graph, int tolerance)
    {
        using var run = new OnnxSession(OnnxExporter.ExportQuantized(graph));
        var executor = new ReferenceExecutor(graph);
        var random = new Random(2);
        double scale = graph.Output.Scale.ToReal();
        for (int i = 0; i < 30; i++)
        {
            short[] window = Gentle(graph, random);
            float[] actual = run.Run(Physical(graph, window), 1, graph.Window.Rows, graph.Window.Columns);
            double[] expected = [.. executor.Run(window).Select(value => scale * (value - graph.Output.ZeroPoint))];
            Assert.All(actual.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * scale));
        }
    }

    /// <summary>Noise that fits into the int8 input.</summary>
    private static short[] Gentle(Graph graph, Random random) =>
        [.. Enumerable.Range(0, graph.Window.Count).Select(_ => (short)random.Next(-4000, 4000))];
}
