using System.CommandLine;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Data.Preparation;
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
    private const int EpochsPart = 4; // fewer would punish what learns slowly
    private const int UsualTrials = 32;
    private const int TrialsInTime = 10_000;
    private const int MostFolds = 5;

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
        var trials = new Option<int?>("--trials") { Description = "Candidates to train; default: 32, or as many as there is time for." };
        var minutes = new Option<double?>("--minutes") { Description = "Time that the search may take; the last half is kept for trying the best with teachers." };
        var epochs = new Option<int?>("--epochs")
        {
            Description = "Epochs of a candidate's first training; the best are trained longer. Default: a quarter of the configuration's.",
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Trainings at a time, one thread each; default: one per processor.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var store = new Option<string?>("--store")
        {
            Description = "postgres://USER:PASSWORD@HOST:PORT/DATABASE: trials are kept there, and any number of machines take part with ./run search work.",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Write a JSON array, one object per trial." };
        var command = new Command("search", "Find good architectures under a device's budget.")
        {
            config, dataset, budget, board, output, trials, minutes, epochs, jobs, store, seed, json, Work(),
        };
        command.SetAction(parse =>
        {
            var given = TrainingConfig.Load(parse.GetRequiredValue(config));
            var device = parse.GetValue(board) is { } name ? TargetDevice.Find(name) : null;
            var request = new SearchRequest
            {
                Config = given,
                Dataset = parse.GetRequiredValue(dataset),
                Budget = Limits(parse.GetValue(budget), device),
                Core = device?.Core.Name,
                Folder = parse.GetRequiredValue(output),
                Trials = parse.GetValue(trials) ?? (parse.GetValue(minutes) is null ? UsualTrials : TrialsInTime),
                Minutes = parse.GetValue(minutes),
                Epochs = parse.GetValue(epochs) ?? Math.Max(1, given.FloatTraining.Epochs / EpochsPart),
                Jobs = parse.GetValue(jobs),
                Seed = parse.GetValue(seed),
            };
            return parse.GetValue(store) is { } database ? Share(request, database, parse.GetValue(json)) : Run(request, parse.GetValue(json));
        });
        return command;
    }

    /// <summary><c>search work --store URL --dataset DIR</c>: takes trainings of a search that another machine began.</summary>
    private static Command Work()
    {
        var store = new Option<string>("--store") { Description = "The database that holds the search, as it was begun with.", Required = true };
        var dataset = new Option<string>("--dataset") { Description = "The data set, on this machine.", Required = true };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Trainings at a time, one thread each; default: one per processor.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var command = new Command("work", "Take trainings of a search that is kept in a database, until nothing is left.") { store, dataset, jobs };
        command.SetAction(parse =>
        {
            string folder = Directory.CreateTempSubdirectory("nanoformer-work").FullName;
            try
            {
                return Guarded(folder, async stop =>
                {
                    await using var search = await SharedSearch.JoinAsync(
                        parse.GetRequiredValue(store), parse.GetRequiredValue(dataset), folder, parse.GetValue(jobs), stop);
                    var windows = Windows(search.Request);
                    if (FingerprintOf(windows) != search.Request.Fingerprint)
                    {
                        throw new SearchException(SearchError.OtherSearch, "The search was begun with other windows than this data set gives.");
                    }

                    await search.WorkAsync(Meter(search.Request, windows.Train), Trainer(search.Request), WriteLine, stop);
                    return 0;
                });
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static DeviceBudget Limits(string? budget, TargetDevice? device) => (budget, device) switch
    {
        (null, null) => throw new SearchException(SearchError.BadBudget, "Either --budget or --board must say what a model may cost."),
        (null, _) => device.Limits,
        (_, null) => DeviceBudget.Parse(budget),
        _ => DeviceBudget.Parse(budget).Or(device.Limits),
    };

    private static int Run(SearchRequest request, bool json)
    {
        request.Validate();
        return Guarded(request.Folder, async stop =>
        {
            var windows = Windows(request);
            request = request with { Folds = FoldsOf(request, windows) };
            var trials = await SearchRun.ExecuteAsync(request, Meter(request, windows.Train), Trainer(request), new SearchProgressLines(), stop);
            SearchReport.Write(trials, request, json);
            return 0;
        });
    }

    /// <summary>Begins a search in a database, or goes on with it, and works for it like any other machine.</summary>
    private static int Share(SearchRequest request, string database, bool json)
    {
        request.Validate();
        if (request.Minutes is not null)
        {
            throw new CommandFailure("BAD_OPTION", "--minutes and --store do not go together: a shared search has --trials.");
        }

        return Guarded(request.Folder, async stop =>
        {
            var windows = Windows(request);
            request = request with { Folds = FoldsOf(request, windows), Fingerprint = FingerprintOf(windows) };
            await using var search = await SharedSearch.BeginAsync(database, request, stop);
            var trials = await search.WorkAsync(Meter(request, windows.Train), Trainer(request), WriteLine, stop);
            Directory.CreateDirectory(request.Folder);
            SearchFiles.Write(request.Folder, trials, request.Budget);
            SearchReport.Write(trials, request, json);
            return 0;
        });
    }

    private static IReadOnlyList<IReadOnlyList<string>> FoldsOf(SearchRequest request, TrainingData windows) =>
        SubjectFolds.Of(windows.Train.Concat(windows.Test), request.Config.Data.ValidationSubjects, MostFolds);

    private static int Guarded(string folder, Func<CancellationToken, Task<int>> search)
    {
        using var stop = new StopSignals();
        try
        {
            return search(stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; the same command goes on from '{folder}'");
            return StopSignals.ExitCode;
        }
    }

    private static TrainingData Windows(SearchRequest request) => TrainingData.Load(request.Config, request.Dataset, validate: true);

    private static string FingerprintOf(TrainingData windows)
    {
        var hash = new XxHash3();
        foreach (var part in new[] { windows.Train, windows.Test })
        {
            hash.Append(MemoryMarshal.AsBytes(part.Samples.AsSpan()));
            hash.Append(MemoryMarshal.AsBytes(part.Labels.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static DeviceCostMeter Meter(SearchRequest request, WindowSet windows)
    {
        var instructions = new InstructionMeter(request.Core is { } core ? CoreTarget.All.Single(target => target.Name == core) : null);
        if (instructions.NotCounted is { } reason)
        {
            Console.Error.WriteLine($"instructions are estimated from multiply-accumulates: {reason}");
        }

        return new DeviceCostMeter(windows, instructions);
    }

    private static ChildTrainer Trainer(SearchRequest request) =>
        new(ThisProgram.Start, request.Dataset, Path.Combine(request.Folder, SearchFiles.Running), request.Seed);

    private static void WriteLine(Trial trial, TrialTraining training, IReadOnlyList<Trial> trials) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"trial {trial.Id}, {training.Epochs} epochs: {(training.Score is { } score ? $"{score.Accuracy:P2}" : $"failed: {training.Error}")}; {trials.Sum(one => one.Trainings.Count)} trainings done"));
}
