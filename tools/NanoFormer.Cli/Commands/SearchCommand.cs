using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;
using NanoFormer.Search;
using NanoFormer.Search.Costs;
using NanoFormer.Search.Jobs;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Cli.Commands;

/// <summary><c>search CONFIG --dataset DIR --budget LIMITS --out DIR</c>: finds good architectures that fit a device.</summary>
internal static class SearchCommand
{
    private const int EpochsPart = 8;

    public static Command Create()
    {
        var config = new Argument<string>("CONFIG")
        {
            Description = "The training configuration to start from, such as model-blobs/wearable-har/train.json.",
        };
        var dataset = new Option<string>("--dataset") { Description = "The data set, as train takes it.", Required = true };
        var budget = new Option<string?>("--budget")
        {
            Description = "What a model may cost, such as flash=64K,arena=16K,instructions=2M: bytes of the image, bytes of the arena, "
                + "instructions of a window. One of them is enough; none is needed with --board.",
        };
        var board = new Option<string?>("--board")
        {
            Description = "The device, such as ESP32: its room for an image and for an arena beside nanoCLR are the limits that --budget does "
                + "not name, and instructions are its core's. A Cortex-M4 without.",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for the results; a search that is there goes on.",
            Required = true,
        };
        var trials = new Option<int>("--trials") { Description = "Candidates to train.", DefaultValueFactory = _ => 32 };
        var epochs = new Option<int?>("--epochs")
        {
            Description = "Epochs of a candidate's first training; the best are trained longer. Default: an eighth of the configuration's.",
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Trainings at a time, one thread each; default: one per processor.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Write a JSON array, one object per trial." };
        var command = new Command("search", "Find good architectures under a device's budget.")
        {
            config, dataset, budget, board, output, trials, epochs, jobs, seed, json,
        };
        command.SetAction(parse =>
        {
            var given = TrainingConfig.Load(parse.GetRequiredValue(config));
            var device = parse.GetValue(board) is { } name ? SearchDevice.Find(name) : null;
            var request = new SearchRequest
            {
                Config = given,
                Dataset = parse.GetRequiredValue(dataset),
                Budget = Limits(parse.GetValue(budget), device),
                Core = device?.Core.Name,
                Folder = parse.GetRequiredValue(output),
                Trials = parse.GetValue(trials),
                Epochs = parse.GetValue(epochs) ?? Math.Max(1, given.FloatTraining.Epochs / EpochsPart),
                Jobs = parse.GetValue(jobs),
                Seed = parse.GetValue(seed),
            };
            return Run(request, parse.GetValue(json));
        });
        return command;
    }

    private static DeviceBudget Limits(string? budget, SearchDevice? device) => (budget, device) switch
    {
        (null, null) => throw new SearchException(SearchError.BadBudget, "Either --budget or --board must say what a model may cost."),
        (null, _) => device.Limits,
        (_, null) => DeviceBudget.Parse(budget),
        _ => DeviceBudget.Parse(budget).Or(device.Limits),
    };

    private static int Run(SearchRequest request, bool json)
    {
        request.Validate();
        using var stop = new StopSignals();
        var windows = TrainingData.Load(request.Config, request.Dataset, validate: true).Train;
        var instructions = new InstructionMeter(request.Core is { } core ? CoreTarget.All.Single(target => target.Name == core) : null);
        if (instructions.NotCounted is { } reason)
        {
            Console.Error.WriteLine($"instructions are estimated from multiply-accumulates: {reason}");
        }

        var trainer = new ChildTrainer(ThisProgram(), request.Dataset, Path.Combine(request.Folder, SearchFiles.Running), request.Seed);
        IReadOnlyList<Trial> trials;
        try
        {
            var meter = new DeviceCostMeter(windows, instructions);
            trials = SearchRun.ExecuteAsync(request, meter, trainer, new SearchProgressLines(), stop.Token)
                .GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; the same command goes on from '{request.Folder}'");
            return StopSignals.ExitCode;
        }

        SearchReport.Write(trials, request.Folder, json);
        return 0;
    }

    /// <summary>How this program was started: as a host's program or as one of the dotnet command.</summary>
    private static string[] ThisProgram()
    {
        string process = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, Environment.GetCommandLineArgs()[0]] : [process];
    }
}
