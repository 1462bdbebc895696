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
        var command = new Command("import", "Read a float network from ONNX or safetensors.") { file, output, config, window };
        command.SetAction(parse => Run(parse.GetRequiredValue(file), parse.GetRequiredValue(output), parse.GetValue(config),
            parse.GetValue(window)));
        return command;
    }

    private static int Run(string file, string folder, string? config, int? window)
    {
        if (Path.GetExtension(file) == ".safetensors")
        {
            byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file)
                : throw new InterchangeException(InterchangeError.MissingFile, $"There is no '{file}'.");
            string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, TrainingRun.ConfigFile);
            ImportWeights(SafetensorsFile.Parse(bytes), TrainingConfig.Load(config ?? beside), folder, window);
            return 0;
        }

        var like = config is null ? null : TrainingConfig.Load(config);
        var network = OnnxImporter.ImportFile(file, Path.GetFileNameWithoutExtension(file));
        WriteNetwork(network, folder);
        WriteForTrainer(network, like, folder);
        return 0;
    }

    private static void ImportWeights(SafetensorsFile weights, TrainingConfig config, string folder, int? window)
    {
        int samples = window ?? config.Data.Csv?.WindowSamples ?? config.Data.Recordings?.WindowSamples
            ?? throw new CommandFailure("NO_WINDOW", "The configuration does not tell how long a window is; give --window.");
        WriteNetwork(EncoderWeights.ToNetwork(config, weights.Tensors, samples), folder);
    }

    private static void WriteNetwork(FloatNetwork network, string folder)
    {
        NetworkTable.Draw(network);
        Write(folder, NetworkFile, OnnxExporter.ExportFloat(network));
    }

    /// <summary>What <c>train --weights</c> takes up; a line that says why not, where the trainer has no such network.</summary>
    private static void WriteForTrainer(FloatNetwork network, TrainingConfig? like, string folder)
    {
        try
        {
            var encoder = EncoderReader.Read(network, like?.Input.Ranges);
            var config = encoder.Configure(network.Name, like);
            Write(folder, TrainingRun.WeightsFile, new SafetensorsFile(encoder.Weights).ToBytes());
            Write(folder, TrainingRun.ConfigFile, Encoding.UTF8.GetBytes(config.ToJson() + "\n"));
        }
        catch (ConfigException fault)
        {
            Console.Out.WriteLine($"no {TrainingRun.WeightsFile}: {fault.Message}");
        }
    }

    private static void Write(string folder, string name, byte[] bytes) =>
        Console.Out.WriteLine($"wrote {OutputFile.Write(folder, name, bytes)}");
}
