using System.CommandLine;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Training;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Phases;
using NanoFormer.Training.SideBySide;

namespace NanoFormer.Cli.Commands;

/// <summary><c>train CONFIG --dataset DIR --out DIR</c>: from labelled windows to a model image and its card.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var config = new Argument<string>("CONFIG") { Description = "Training configuration, such as model-blobs/wearable-har/train.json." };
        var dataset = new Option<string>("--dataset")
        {
            Description = "Folder of a packed data set of windows or recordings; or a CSV file, or a folder of them.",
            Required = true,
        };
        var output = new Option<string>("--out") { Description = "Folder for the image and its card.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds")
        {
            Description = "Train with n seeds, from --seed on; the model is that of the median seed, its card shows the spread.",
            DefaultValueFactory = _ => 1,
        };
        var epochs = new Option<int?>("--epochs") { Description = "Epochs, in place of the configured ones." };
        var settings = new Option<string[]>("--set")
        {
            Description = "A setting in place of the configuration's, such as architecture.blocks[0].heads=2; may be repeated.",
        };
        var weights = new Option<string?>("--weights") { Description = "Float weights to start from, a .safetensors file." };
        var warmStart = new Option<string?>("--warm-start")
        {
            Description = "The same of another architecture: the weights are taken whose shapes fit.",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on with a training that was stopped, from what it left in --out." };
        var restart = new Option<bool>("--restart") { Description = "Throw away what a stopped training left in --out, and begin again." };
        var validate = new Option<bool>("--validate") { Description = "Judge on the configured validation subjects, not on the test part." };
        var otherSplits = new Option<bool>("--other-splits")
        {
            Description = "Train the otherSplits of CONFIG alone, and write them into the card in --out; the model stays.",
        };
        var pack = new Option<bool>("--pack") { Description = "Write the image with its packed section: more flash, fewer cycles on a Cortex-M4 or M7." };
        var board = new Option<string?>("--board")
        {
            Description = "The board that the model is for, such as STM32F769I_DISCOVERY: the image is packed if it has the flash and its core gains by it.",
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Seeds and other splits that train side by side; default: as many as processors.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var leaveCheckpoint = new Option<bool>("--leave-checkpoint")
        {
            Hidden = true,
            Description = "Train --seed alone, write each step as a line, leave the checkpoint and no model.",
        };
        var otherSplit = new Option<int?>("--other-split") { Hidden = true, Description = "With --leave-checkpoint: train by this of otherSplits, from 0." };
        var json = new Option<bool>("--json") { Description = "Write the model card to standard output." };
        var command = new Command("train", "Train a model and write its image and card.")
        {
            config, dataset, output, seed, seeds, epochs, settings, weights, warmStart, resume, restart, validate, otherSplits, pack, board, jobs, leaveCheckpoint, otherSplit, json,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(weights) is not null && parse.GetValue(warmStart) is not null)
            {
                throw new CommandFailure("BAD_OPTION", "--weights and --warm-start do not go together.");
            }

            if (parse.GetValue(otherSplits) && (parse.GetValue(validate) || parse.GetValue(weights) is not null || parse.GetValue(warmStart) is not null))
            {
                throw new CommandFailure("BAD_OPTION", "--other-splits trains from random weights and judges on test parts: it goes without --validate, --weights and --warm-start.");
            }

            if (parse.GetValue(jobs) < 1)
            {
                throw new CommandFailure("BAD_OPTION", "--jobs must be 1 or more.");
            }

            var device = parse.GetValue(board) is { } name ? TargetDevice.Find(name) : null;
            var request = new TrainingRequest
            {
                ConfigPath = parse.GetRequiredValue(config),
                Dataset = parse.GetRequiredValue(dataset),
                OutputFolder = parse.GetRequiredValue(output),
                Seed = parse.GetValue(seed),
                Seeds = parse.GetValue(seeds),
                OtherSplit = parse.GetValue(otherSplit),
                Epochs = parse.GetValue(epochs),
                Overrides = parse.GetValue(settings) ?? [],
                Weights = parse.GetValue(weights),
                WarmStart = parse.GetValue(warmStart),
                Resume = parse.GetValue(resume),
                Restart = parse.GetValue(restart),
                Validate = parse.GetValue(validate),
                Pack = image => parse.GetValue(pack) || (device?.IsPackingWorth(image) ?? false),
                Warn = warning => Console.Error.WriteLine($"warning: {warning}"),
                Program = ThisProgram.Start,
                Jobs = parse.GetValue(jobs),
                Command = PortableText.CommandLine(parse),
            };
            if (parse.GetValue(leaveCheckpoint))
            {
                return Prepare(request);
            }

            return Run(request, parse.GetValue(otherSplits), parse.GetValue(json));
        });
        return command;
    }

    private static int Prepare(TrainingRequest request)
    {
        EndWithInput.Watch();
        using var stop = new StopSignals();
        try
        {
            TrainingRun.Prepare(request, new StepLines(), stop.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return StopSignals.ExitCode;
        }
    }

    private static int Run(TrainingRequest request, bool isOtherSplits, bool json)
    {
        EndWithInput.Watch();
        using var stop = new StopSignals();
        ModelCard card;
        try
        {
            card = TrainingProgressBars.Run(progress => isOtherSplits
                ? TrainingRun.ExecuteOtherSplits(request, progress, stop.Token)
                : TrainingRun.Execute(request, progress, stop.Token));
            if (!request.Validate && !isOtherSplits)
            {
                card = CardCosts.Write(request.OutputFolder, card, CardCosts.Measure(ModelFile.Load(request.OutputFolder).Image));
            }
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; the same command with --resume goes on from '{request.OutputFolder}'");
            return StopSignals.ExitCode;
        }

        Console.Out.WriteLine(json ? card.ToJson() : TrainingSummary.Text(card, request.OutputFolder));
        return 0;
    }

    private sealed class StepLines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.Out.WriteLine(SeedProcesses.LineOf(value));
    }
}
