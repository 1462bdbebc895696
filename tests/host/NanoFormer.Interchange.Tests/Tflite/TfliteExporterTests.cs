using System.Text.Json.Nodes;
using CsCheck;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Tflite;

public sealed class TfliteExporterTests
{
    [Fact]
    public void An_encoder_gives_the_bytes_of_the_engine() => RequireEqualBytes(Samples.Encoder(), windows: 40);

    [Fact]
    public void Whatever_the_scales_the_bytes_are_those_of_the_engine()
    {
        int refused = 0;
        Gen.Int[0, 100_000].Sample(seed =>
        {
            RequireEqualBytesOrRefusal(Samples.Encoder(seed));
            RequireEqualBytesOrRefusal(Samples.Unusual(seed));
        }, iter: 12, threads: 1);
        Assert.InRange(refused, 0, 1);

        void RequireEqualBytesOrRefusal(Graph graph)
        {
            try
            {
                RequireEqualBytes(graph, windows: 3);
            }
            catch (InterchangeException fault) when (fault.Error == InterchangeError.ScaleNotExpressible)
            {
                refused++;
            }
        }
    }

    [Fact]
    public void The_file_is_what_the_schema_asks_for()
    {
        byte[] bytes = TfliteExporter.Export(Samples.Unusual(5));
        var file = new TfliteFile(bytes);

        Assert.Equal("TFL3"u8, bytes.AsSpan(4, 4));
        Assert.Equal(3, file.Version);
        Assert.True(file.IsAligned);
        Assert.True(file.HasEmptyFirstBuffer);
        Assert.True(file.CodesAgree);
        Assert.Equal([1, 3], file.Tensors[file.Output].Shape);
        Assert.Equal(2, file.Inputs.Length);
        foreach (var step in file.Operators)
        {
            Assert.NotEqual(0, step.OptionsType);
            Assert.All(step.Inputs, input => Assert.InRange(input, 0, file.Tensors.Length - 1));
        }

        foreach (var tensor in file.Tensors.Where(tensor => tensor.Data.Length > 0))
        {
            Assert.Equal(tensor.Count, tensor.Values.Length);
        }
    }

    [Fact]
    public void Biases_have_the_scale_of_input_times_weights()
    {
        var file = new TfliteFile(TfliteExporter.Export(Samples.Encoder()));
        foreach (var step in file.Operators.Where(step => step.Code == 3))
        {
            float input = file.Tensors[step.Inputs[0]].Scale;
            float[] expected = [.. file.Tensors[step.Inputs[1]].Scales.Select(weight => input * weight)];
            Assert.Equal(expected, file.Tensors[step.Inputs[2]].Scales);
        }
    }

    [Fact]
    public void Around_a_product_only_operators_that_move_bytes_name_another_scale_and_hardly_another()
    {
        var file = new TfliteFile(TfliteExporter.Export(Samples.Encoder()));
        foreach (var step in file.Operators.Where(step => step.Code is 22 or 39))
        {
            float ratio = file.Tensors[step.Inputs[0]].Scale / file.Tensors[step.Output].Scale;
            Assert.InRange(ratio, 1 - 1f / 512, 1 + 1f / 512);
        }
    }

    [Fact]
    public void The_metadata_tell_how_raw_samples_become_the_input()
    {
        var graph = Samples.Unusual(5);
        var file = new TfliteFile(TfliteExporter.Export(graph));
        var input = JsonNode.Parse(file.Metadata["nanoformer"])!["inputs"]![1]!;
        short[] window = Samples.Window(graph, new Random(1));
        var step = graph.Operators.OfType<Quantize>().ElementAt(1);
        sbyte[] expected = new ReferenceExecutor(graph).Trace(window)[step.Output];

        int columns = input["channels"]!.AsArray().Count;
        for (int i = 0; i < expected.Length; i++)
        {
            var channel = input["channels"]![i % columns]!;
            int row = (i / columns + 1) * (int)input["step"]! - 1;
            int raw = window[row * graph.Window.Columns + 2 + i % columns] - (int)channel["offset"]!;
            var multiplier = new FixedMultiplier((int)channel["multiplier"]!, (int)channel["shift"]!);
            Assert.Equal(expected[i], FixedPoint.Store(FixedPoint.Requantize(raw, multiplier), (int)input["zeroPoint"]!, ClampRange.Full));
        }
    }

    [Theory]
    [InlineData("LayerNorm", "BatchNorm")]
    [InlineData("Distance", "end with the reconstruction")]
    public void What_builtin_operators_cannot_do_is_refused_by_name(string name, string instead)
    {
        var graph = name == "Distance" ? Samples.Scored(5, DistanceNorm.Absolute, lag: 0) : Samples.Unusual(5, hasLayerNorm: true);

        var fault = Assert.Throws<InterchangeException>(() => TfliteExporter.Export(graph));

        Assert.Equal(InterchangeError.OperatorNotExpressible, fault.Error);
        Assert.Contains($"({name})", fault.Message, StringComparison.Ordinal);
        Assert.Contains(instead, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scales_that_are_no_floats_are_refused()
    {
        var input = new InputSpecification([new InputChannel("x", "g", 1.0)], 4, 4, 1000);
        var builder = new GraphBuilder("odd", input);
        var x = builder.Quantize([0], [1.0], new Quantization(0.1, 0));

        var fault = Assert.Throws<InterchangeException>(() => TfliteExporter.Export(builder.Build(builder.Last(x))));

        Assert.Equal(InterchangeError.ScaleNotExpressible, fault.Error);
    }

    private static void RequireEqualBytes(Graph graph, int windows)
    {
        var interpreter = new TfliteInterpreter(new TfliteFile(TfliteExporter.Export(graph)));
        var executor = new ReferenceExecutor(graph);
        var random = new Random(1);
        for (int i = 0; i < windows; i++)
        {
            var trace = executor.Trace(Samples.Window(graph, random));
            sbyte[][] inputs = [.. graph.Operators.OfType<Quantize>().Select(step => trace[step.Output])];
            Assert.Equal(trace[graph.Output], interpreter.Run(inputs));
        }
    }
}
