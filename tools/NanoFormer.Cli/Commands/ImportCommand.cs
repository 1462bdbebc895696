using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Interchange;
using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Onnx;
using NanoFormer.Interchange.Onnx.Import;
using NanoFormer.Interchange.Weights;

namespace NanoFormer.Cli.Commands;

/// <summary><c>import FILE</c>: a float network of another tool, as weights of the trainer and as a plain ONNX file.</summary>
internal static class ImportCommand
{
    private const string NetworkFile = "network.onnx";
    private const string WeightsFile = "weights.safetensors";
    private const string ConfigFile = "train.json";
    private const string ArchitectureFile = "architecture.json";

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An .onnx model, or .safetensors weights of the trainer's names." };
        var output = new Option<string>("--out") { Description = "Folder for the files.", Required = true };
        var config = new Option<string?>("--config")
        {
            Description = "A train.json: for weights the one that describes them; for a model the one to put its architecture in.",
        };
        var window = new Option<int?>("--window") { Description = "For weights: samples in a window." };
        var command = new Command("import", "Read a float network from ONNX or safetensors.") { file, output, config, window };
        command.SetAction(parse => Run(parse.GetRequiredValue(file), parse.GetRequiredValue(output), parse.GetValue(config),
            parse.GetValue(window)));
        return command;
    }

    private static int Run(string file, string folder, string? config, int? window)
    {
        if (!File.Exists(file))
        {
            throw new InterchangeException(InterchangeError.MissingFile, $"There is no '{file}'.");
        }
        if (Path.GetExtension(file) == ".safetensors")
        {
            ImportWeights(file, folder, config ?? EncoderConfig.Beside(file), window);
            return 0;
        }
        var network = OnnxImporter.Import(File.ReadAllBytes(file), Path.GetFileNameWithoutExtension(file));
        WriteNetwork(network, folder);
        try
        {
            WriteForTrainer(EncoderReader.Read(network), folder, config);
        }
        catch (InterchangeException fault) when (fault.Error == InterchangeError.BadDescription)
        {
            Console.Out.WriteLine($"no {WeightsFile}: {fault.Message}");
        }
        return 0;
    }

    private static void ImportWeights(string file, string folder, string config, int? window)
    {
        if (window is not { } samples)
        {
            throw new CommandFailure("NO_WINDOW", "Weights do not tell how long a window is; give --window.");
        }
        var known = EncoderConfig.Load(config);
        var weights = SafetensorsFile.Parse(File.ReadAllBytes(file));
        WriteNetwork(known.ToNetwork(Path.GetFileNameWithoutExtension(file), weights, samples), folder);
        WriteForTrainer(new EncoderFile(known.Shape, known.Ranges, weights.Tensors), folder, config);
    }

    private static void WriteNetwork(FloatNetwork network, string folder)
    {
        Directory.CreateDirectory(folder);
        NetworkTable.Draw(network);
        File.WriteAllBytes(Path.Combine(folder, NetworkFile), OnnxExporter.ExportFloat(network));
        Console.Out.WriteLine($"wrote {Path.Combine(folder, NetworkFile)}");
    }

    /// <summary>What the trainer can take up: weights by its names, and the configuration that describes them.</summary>
    private static void WriteForTrainer(EncoderFile encoder, string folder, string? config)
    {
        File.WriteAllBytes(Path.Combine(folder, WeightsFile), new SafetensorsFile(encoder.Tensors).ToBytes());
        Console.Out.WriteLine($"wrote {Path.Combine(folder, WeightsFile)}");
        var name = config is null ? ArchitectureFile : ConfigFile;
        File.WriteAllText(Path.Combine(folder, name), EncoderConfig.Text(encoder, config is null ? null : File.ReadAllText(config)));
        Console.Out.WriteLine($"wrote {Path.Combine(folder, name)}");
    }
}
