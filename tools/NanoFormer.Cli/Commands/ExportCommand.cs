using System.CommandLine;
using NanoFormer.Cli.Models;
using NanoFormer.Interchange;
using NanoFormer.Interchange.CArrays;
using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Onnx;
using NanoFormer.Interchange.Tflite;
using NanoFormer.Interchange.Weights;
using NanoFormer.Model;

namespace NanoFormer.Cli.Commands;

/// <summary><c>export MODEL --format FORMAT</c>: a model in a form that other tools read.</summary>
internal static class ExportCommand
{
    private const string Onnx = "onnx";
    private const string QuantizedOnnx = "onnx-qdq";
    private const string Tflite = "tflite";
    private const string C = "c";

    public static Command Create()
    {
        var model = ModelFile.Argument();
        var format = new Option<string>("--format")
        {
            Description = "onnx (float), onnx-qdq (int8 between float operators), tflite (int8 flatbuffer) or c (array and header).",
            Required = true,
        };
        format.AcceptOnlyFromAmong(Onnx, QuantizedOnnx, Tflite, C);
        var output = new Option<string>("--out") { Description = "Folder for the files.", DefaultValueFactory = _ => "." };
        var weights = new Option<string?>("--weights")
        {
            Description = "For onnx: the float weights, a .safetensors file of the trainer. Without it the integer model is dequantized.",
        };
        var config = new Option<string?>("--config") { Description = "The train.json that goes with --weights; beside it unless given." };
        var command = new Command("export", "Write a model for other tools: ONNX, TensorFlow Lite, C.") { model, format, output, weights,
            config };
        command.SetAction(parse => Run(
            ModelFile.Load(parse.GetRequiredValue(model)),
            parse.GetRequiredValue(format),
            parse.GetRequiredValue(output),
            parse.GetValue(weights),
            parse.GetValue(config)));
        return command;
    }

    private static int Run(ModelFile model, string format, string folder, string? weights, string? config)
    {
        Graph graph = ImageReader.Read(model.Image).Graph;
        Directory.CreateDirectory(folder);
        switch (format)
        {
            case Onnx:
                FloatNetwork network = weights is null ? Dequantizer.Run(graph) : FloatTwin(graph, weights, config);
                Write(folder, graph.ModelId + ".onnx", OnnxExporter.ExportFloat(network));
                Console.Out.WriteLine(network.Source);
                break;
            case QuantizedOnnx:
                Write(folder, graph.ModelId + ".qdq.onnx", OnnxExporter.ExportQuantized(graph));
                break;
            case Tflite:
                Write(folder, graph.ModelId + ".tflite", TfliteExporter.Export(graph));
                break;
            default:
                CArrayFiles files = CArrayExporter.Export(model.Image);
                Write(folder, files.HeaderName, files.Header);
                Write(folder, files.SourceName, files.Source);
                break;
        }
        return 0;
    }

    /// <summary>The float network that the integer model was made of.</summary>
    private static FloatNetwork FloatTwin(Graph graph, string weights, string? config)
    {
        EncoderConfig known = EncoderConfig.Load(config ?? EncoderConfig.Beside(weights));
        FloatNetwork network = known.ToNetwork(graph.ModelId, SafetensorsFile.Parse(File.ReadAllBytes(weights)), graph.Input.WindowSamples);
        if (network.Input.Columns != graph.Window.Columns || network.Output.Columns != graph.Output.Columns)
        {
            throw new InterchangeException(InterchangeError.BadDescription,
                $"'{weights}' is not of this model: it has other channels or classes.");
        }
        return network with { Channels = graph.Input.Channels, Labels = graph.Labels };
    }

    private static void Write(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        Console.Out.WriteLine($"wrote {path} ({bytes.Length} bytes)");
    }

    private static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        Console.Out.WriteLine($"wrote {path}");
    }
}
