using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>
/// What TensorFlow Lite Micro itself answered, recorded once by running exported files with its reference kernels on a PC. A file that is
/// no longer the recorded one must be run there again before its checksum is changed here.
/// </summary>
public sealed class TfliteMicroTests
{
    [Theory]
    [InlineData("encoder-1")]
    [InlineData("unusual-5")]
    public void TensorFlow_Lite_Micro_answered_as_the_engine(string name)
    {
        var record = Record(name);
        var graph = name == "encoder-1" ? Samples.Encoder(1) : Samples.Unusual(5);
        byte[] file = TfliteExporter.Export(graph);
        var interpreter = new TfliteInterpreter(new TfliteFile(file));
        Assert.Equal((string)record["fileCrc32"]!, Crc32.HashToUInt32(file).ToString("x8",
            System.Globalization.CultureInfo.InvariantCulture));

        var executor = new ReferenceExecutor(graph);
        var random = new Random(7);
        var inputs = new List<sbyte>();
        var outputs = new List<sbyte>();
        for (int i = 0; i < (int)record["windows"]!; i++)
        {
            var trace = executor.Trace(Samples.Window(graph, random));
            sbyte[][] window = [.. graph.Operators.OfType<Quantize>().Select(step => trace[step.Output])];
            inputs.AddRange(window.SelectMany(values => values));
            outputs.AddRange(trace[graph.Output]);
            Assert.Equal(trace[graph.Output], interpreter.Run(window));
        }

        Assert.Equal(Values(record["inputs"]!), inputs);
        Assert.Equal(Values(record["outputs"]!), outputs);
    }

    private static sbyte[] Values(JsonNode hex) => MemoryMarshal.Cast<byte, sbyte>(Convert.FromHexString((string)hex!)).ToArray();

    private static JsonNode Record(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Tflite", "Vectors", "tflite-micro.json");
        return JsonNode.Parse(File.ReadAllText(path))!.AsArray().Single(record => (string)record!["model"]! == name)!;
    }
}
