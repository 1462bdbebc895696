using System.CommandLine;
using System.Text;
using NanoFormer.Cli.Models;
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
        var command = new Command("export", "Write a model for other tools: ONNX, TensorFlow Lite, C, Arduino.") { model, format, output };
        command.SetAction(parse => Run(
            ModelFile.Load(parse.GetRequiredValue(model)),
            parse.GetRequiredValue(format),
            parse.GetRequiredValue(output)));
        return command;
    }

    private static int Run(ModelFile model, string format, string folder)
    {
        var graph = ImageReader.Read(model.Image).Graph;
        switch (format)
        {
            case Onnx:
                WriteFloat(model, graph, folder);
                break;
            case QuantizedOnnx:
                Write(folder, graph.ModelId + ".qdq.onnx", OnnxExporter.ExportQuantized(graph));
                break;
            case Tflite:
                Write(folder, graph.ModelId + ".tflite", TfliteExporter.Export(graph));
                break;
            case Library:
                foreach (var (path, text) in LibraryExporter.Export(model.Image))
                {
                    Write(Path.Combine(folder, Path.GetDirectoryName(path)!), Path.GetFileName(path), Encoding.UTF8.GetBytes(text));
                }

                break;
            default:
                var files = CArrayExporter.Export(model.Image);
                Write(folder, files.HeaderName, Encoding.UTF8.GetBytes(files.Header));
                Write(folder, files.SourceName, Encoding.UTF8.GetBytes(files.Source));
                break;
        }

        return 0;
    }

    /// <summary>The network as it was trained, where it lies beside the image; else what the integer model stands for.</summary>
    private static void WriteFloat(ModelFile model, Graph graph, string folder)
    {
        string name = graph.ModelId + ".onnx";
        if (File.Exists(model.FloatTwinPath))
        {
            Write(folder, name, File.ReadAllBytes(model.FloatTwinPath));
            Console.Out.WriteLine($"The network as it was trained in float: that of '{model.FloatTwinPath}'.");
            return;
        }

        var network = Dequantizer.Run(graph);
        Write(folder, name, OnnxExporter.ExportFloat(network));
        Console.Out.WriteLine(network.Source);
    }

    private static void Write(string folder, string name, byte[] bytes) =>
        Console.Out.WriteLine($"wrote {OutputFile.Write(folder, name, bytes)} ({bytes.Length} bytes)");
}
