using System.CommandLine;
using System.Text;
using NanoFormer.Cli.Reports;
using NanoFormer.Interchange;
using NanoFormer.Training;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Import;

namespace NanoFormer.Cli.Commands;

/// <summary><c>import FILE</c>: a float network of another tool, as a plain ONNX file and for the trainer to go on with.</summary>
internal static class ImportCommand
{
    private const string NetworkFile = "network.onnx";

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An .onnx model, or .safetensors weights of the trainer's names." };
        var output = new Option<string>("--out") { Description = "Folder for the files.", Required = true };
        var config = new Option<string?>("--config")
        {
            Description = "A train.json: for a model the one to put its architecture in; for weights the one that describes them, "
                + "the one beside them unless given.",
        };
        var window = new Option<int?>("--window")
        {
            Description = "For weights: samples in a window, where the configuration does not tell.",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of a table and lines." };
        var command = new Command("import", "Read a float network from ONNX or safetensors.") { file, output, config, window, json };
        command.SetAction(parse => Run(parse.GetRequiredValue(file), parse.GetRequiredValue(output), parse.GetValue(config),
            parse.GetValue(window), parse.GetValue(json)));
        return command;
    }

    private static int Run(string file, string folder, string? config, int? window, bool json)
    {
        var (network, forTrainer, lacking) = Path.GetExtension(file) == ".safetensors"
            ? (ReadWeights(file, config, window), [], null)
            : ReadNetwork(file, config is null ? null : TrainingConfig.Load(config));
        WrittenFile[] files =
        [
            OutputFile.Write(folder, NetworkFile, OnnxExporter.ExportFloat(network)),
            .. forTrainer.Select(part => OutputFile.Write(folder, part.Name, part.Bytes)),
        ];
        if (json)
        {
            JsonOutput.Write(new { Network = NetworkReport.Json(network), Files = files, NotForTrainer = lacking });
            return 0;
        }

        NetworkReport.Draw(network);
        foreach (var written in files)
        {
            Console.Out.WriteLine($"wrote {written.Path} ({written.Bytes} bytes)");
        }

        if (lacking is not null)
        {
            Console.Out.WriteLine($"no {TrainingRun.WeightsFile}: {lacking}");
        }

        return 0;
    }

    /// <summary>The network of the trainer's weights.</summary>
    private static FloatNetwork ReadWeights(string file, string? config, int? window)
    {
        byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file)
            : throw new InterchangeException(InterchangeError.MissingFile, $"There is no '{file}'.");
        var weights = SafetensorsFile.Parse(bytes);
        var described = TrainingConfig.Load(config ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, TrainingRun.ConfigFile));
        int samples = window ?? described.Data.Csv?.WindowSamples ?? described.Data.Recordings?.WindowSamples
            ?? throw new CommandFailure("NO_WINDOW", "The configuration does not tell how long a window is; give --window.");
        return EncoderWeights.ToNetwork(described, weights.Tensors, samples);
    }

    /// <summary>A network, and what <c>train --weights</c> takes up of it; why not, where the trainer has no such network.</summary>
    private static (FloatNetwork Network, (string Name, byte[] Bytes)[] ForTrainer, string? Lacking) ReadNetwork(string file, TrainingConfig? like)
    {
        var network = OnnxImporter.ImportFile(file, Path.GetFileNameWithoutExtension(file));
        try
        {
            var encoder = EncoderReader.Read(network, like?.Input.Ranges);
            string config = encoder.Configure(network.Name, like).ToJson() + "\n";
            return (network,
                [(TrainingRun.WeightsFile, new SafetensorsFile(encoder.Weights).ToBytes()), (TrainingRun.ConfigFile, Encoding.UTF8.GetBytes(config))],
                null);
        }
        catch (ConfigException fault)
        {
            return (network, [], fault.Message);
        }
    }
}
