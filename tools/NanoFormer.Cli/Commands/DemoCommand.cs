using System.CommandLine;
using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;
using NanoFormer.Files;

namespace NanoFormer.Cli.Commands;

/// <summary><c>demo</c>: motion, interrupt, firmware, inference or collecting, log line - the whole path on a board.</summary>
internal static class DemoCommand
{
    private const string DefaultModel = "model-blobs/wearable-har";

    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = $"Image, or folder of a shipped model; with --collect also '{DemoOptions.NoModel}'.",
            DefaultValueFactory = _ => ShippedModel(),
        };
        var recording = new Option<string?>("--recording")
        {
            Description = "Packed data set folder to replay, or CSV file with the columns t (s), acc_x acc_y acc_z (g), gyro_x gyro_y gyro_z (rad/s) "
                + "and perhaps label; a synthetic wearer without.",
        };
        var subject = new Option<string?>("--subject")
        {
            Description = "Subject of the data set to replay; default: the first. With --collect also the subject of the samples.",
        };
        var core = EngineFactory.Option(CoreTarget.CortexM4.Name);
        var seed = new Option<int>("--seed") { Description = "Seed of the synthetic wearer and of faults.", DefaultValueFactory = _ => 1 };
        var fault = ListOption.Of("--fault", "Faults to inject.", DemoFaults.Names);
        var board = new Option<string?>("--board") { Description = $"The board: {DemoDevice.Esp32Board}, with its own sleeps; without, an STM32 for the core." };
        board.AcceptOnlyFromAmong(DemoDevice.Esp32Board);
        var sensor = new Option<SensorPart>("--sensor") { Description = "The sensor: mpu6050 or lsm6dso.", DefaultValueFactory = _ => SensorPart.Mpu6050 };
        var json = new Option<string?>("--json") { Description = "File for the summary as one JSON object." };
        var collect = new Option<string?>("--collect")
        {
            Description = "Let the device collect training data instead of recognising; file for its serial log, for data import.",
        };
        var label = new Option<string?>("--label") { Description = "With --collect: the label of the samples." };
        var serial = new Option<string?>("--serial")
        {
            Description = "Make the serial port a pseudo-terminal, for ./run monitor: a name for it, such as build/demo-port, or pty. Runs in real time.",
        };
        var trace = new Option<string?>("--trace")
        {
            Description = "File for the board's estimated power and its marker pins over time, in the form that ./run energy reads.",
        };
        var speed = new Option<double>("--speed")
        {
            Description = "With --serial: n times as fast as real.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("demo", "Replay a recording through the simulated board and print the serial log live.")
        {
            model, recording, subject, core, board, sensor, seed, fault, json, collect, label, serial, speed, trace,
        };
        command.SetAction(parse => Run(new DemoOptions(
            parse.GetRequiredValue(model),
            parse.GetValue(recording),
            parse.GetValue(subject),
            parse.GetRequiredValue(core),
            parse.GetValue(seed),
            parse.GetRequiredValue(fault),
            parse.GetValue(json),
            parse.GetValue(collect),
            parse.GetValue(label))
        {
            Board = parse.GetValue(board),
            Sensor = parse.GetValue(sensor),
            SerialPath = parse.GetValue(serial),
            TracePath = parse.GetValue(trace),
            Speed = parse.GetValue(speed) is > 0 and var pace
                ? pace
                : throw new CommandFailure("BAD_OPTION", "--speed is how many times as fast as real: above 0."),
        }));
        return command;
    }

    private static int Run(DemoOptions options)
    {
        if (options.CollectPath is null && options.Label is not null)
        {
            throw new CommandFailure("BAD_OPTION", "--label is for samples that are collected with --collect.");
        }

        if (options.CollectPath is not null && options.TracePath is not null)
        {
            throw new CommandFailure("BAD_OPTION", "--trace records inferences: --collect makes none.");
        }

        return options.CollectPath is null ? Recognize(options) : Collect(options);
    }

    private static int Recognize(DemoOptions options)
    {
        var result = DemoRun.Execute(options, Console.Out.WriteLine);
        DemoReport.Draw(result);
        WriteJson(options, DemoReport.Json(result));
        return result.Agreements == result.Comparisons ? 0 : 1;
    }

    private static int Collect(DemoOptions options)
    {
        var result = CollectRun.Execute(options, Console.Out.WriteLine);
        CollectReport.Draw(result);
        WriteJson(options, result);
        return 0;
    }

    private static void WriteJson(DemoOptions options, object summary)
    {
        if (options.JsonPath is { } path)
        {
            AtomicFile.WriteAllText(path, JsonOutput.Text(summary));
        }
    }

    /// <summary>The default model: beside the repository's root, wherever the command is called from.</summary>
    private static string ShippedModel() => Path.Combine(NativeBuild.RepositoryRoot() ?? "", DefaultModel);
}
