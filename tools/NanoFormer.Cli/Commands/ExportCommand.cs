using System.CommandLine;
using System.Text;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Interchange;
using NanoFormer.Model;

namespace NanoFormer.Cli.Commands;

/// <summary><c>export MODEL --format FORMAT</c>: a model in a form that other tools read.</summary>
internal static class ExportCommand
{
    private const string Onnx = "onnx";
    private const string QuantizedOnnx = "onnx-qdq";
    private const string Tflite = "tflite";
    private const string C = "c";
    private const string Library = "library";

    public static Command Create()
    {
        var model = ModelFile.Argument();
        var format = new Option<string>("--format")
        {
            Description = "onnx (float: the model.onnx beside the image, or else the image's own numbers), onnx-qdq (int8 between float "
                + "operators), tflite (int8 flatbuffer), c (array and header) or library (with the engine, for Arduino, PlatformIO, ESP-IDF, Zephyr and CMake).",
            Required = true,
        };
        format.AcceptOnlyFromAmong(Onnx, QuantizedOnnx, Tflite, C, Library);
        var output = new Option<string>("--out") { Description = "Folder for the files.", DefaultValueFactory = _ => "." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of lines." };
        var command = new Command("export", "Write a model for other tools: ONNX, TensorFlow Lite, C, Arduino.") { model, format, output, json };
        command.SetAction(parse => Run(
            ModelFile.Load(parse.GetRequiredValue(model)),
            parse.GetRequiredValue(format),
            parse.GetRequiredValue(output),
            parse.GetValue(json)));
        return command;
    }

    private static int Run(ModelFile model, string format, string folder, bool json)
    {
        var graph = ImageReader.Read(model.Image).Graph;
        var (onnx, source) = format == Onnx ? Float(model, graph) : ([], null);
        var files = format switch
        {
            Onnx => [OutputFile.Write(folder, graph.ModelId + ".onnx", onnx)],
            QuantizedOnnx => [OutputFile.Write(folder, graph.ModelId + ".qdq.onnx", OnnxExporter.ExportQuantized(graph))],
            Tflite => [OutputFile.Write(folder, graph.ModelId + ".tflite", TfliteExporter.Export(graph))],
            Library => [.. LibraryExporter.Export(model.Image).Select(file => Write(
                Path.Combine(folder, Path.GetDirectoryName(file.Key)!), Path.GetFileName(file.Key), file.Value))],
            _ => WriteC(folder, CArrayExporter.Export(model.Image)),
        };
        if (json)
        {
            JsonOutput.Write(new { Model = graph.ModelId, Format = format, Source = source, Files = files });
            return 0;
        }

        foreach (var file in files)
        {
            Console.Out.WriteLine($"wrote {file.Path} ({file.Bytes} bytes)");
        }

        if (source is not null)
        {
            Console.Out.WriteLine(source);
        }

        return 0;
    }

    /// <summary>The network as it was trained, where it lies beside the image; else what the integer model stands for. And which it is.</summary>
    private static (byte[] Bytes, string Source) Float(ModelFile model, Graph graph)
    {
        if (File.Exists(model.FloatTwinPath))
        {
            return (File.ReadAllBytes(model.FloatTwinPath), $"The network as it was trained in float: that of '{model.FloatTwinPath}'.");
        }

        var network = Dequantizer.Run(graph);
        return (OnnxExporter.ExportFloat(network), network.Source);
    }

    private static WrittenFile[] WriteC(string folder, CArrayFiles files) =>
        [Write(folder, files.HeaderName, files.Header), Write(folder, files.SourceName, files.Source)];

    private static WrittenFile Write(string folder, string name, string text) => OutputFile.Write(folder, name, Encoding.UTF8.GetBytes(text));
}
