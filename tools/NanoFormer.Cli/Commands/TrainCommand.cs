using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Training;

namespace NanoFormer.Cli.Commands;

/// <summary><c>train CONFIG --dataset DIR --out DIR</c>: from labelled windows to a model image and its card.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var config = new Argument<string>("CONFIG") { Description = "Training configuration, such as model-blobs/wearable-har/train.json." };
        var dataset = new Option<string>("--dataset")
        {
            Description = "Folder of a packed data set with windows; or a CSV file, or a folder of them.",
            Required = true,
        };
        var output = new Option<string>("--out") { Description = "Folder for the image and its card.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var epochs = new Option<int?>("--epochs") { Description = "Epochs, in place of the configured ones." };
        var validate = new Option<bool>("--validate") { Description = "Judge on the configured validation subjects, not on the test part." };
        var json = new Option<bool>("--json") { Description = "Write the model card to standard output." };
        var command = new Command("train", "Train a model and write its image and card.")
        {
            config, dataset, output, seed, epochs, validate, json,
        };
        command.SetAction(parse =>
        {
            var request = new TrainingRequest
            {
                ConfigPath = parse.GetRequiredValue(config),
                Dataset = parse.GetRequiredValue(dataset),
                OutputFolder = parse.GetRequiredValue(output),
                Seed = parse.GetValue(seed),
                Epochs = parse.GetValue(epochs),
                Validate = parse.GetValue(validate),
                Command = "./run " + string.Join(' ', parse.Tokens.Select(token => token.Value)),
            };
            return Run(request, parse.GetValue(json));
        });
        return command;
    }

    private static int Run(TrainingRequest request, bool json)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            cancellation.Cancel();
        };
        var card = TrainingProgressBars.Run(progress => TrainingRun.Execute(request, progress, cancellation.Token));
        Console.Out.WriteLine(json ? card.ToJson() : TrainingSummary.Text(card, request.OutputFolder));
        return 0;
    }
}
