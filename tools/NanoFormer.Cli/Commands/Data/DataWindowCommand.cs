using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Data.Preparation;
using NanoFormer.Data.Storage;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data window FOLDER --length N --hop N --out DIR</c>: split recordings become the windows that <c>train</c> reads.</summary>
internal static class DataWindowCommand
{
    public static Command Create()
    {
        var folder = DataFolder.Argument();
        var length = new Option<int>("--length") { Description = "Samples in a window.", Required = true };
        var hop = new Option<int>("--hop") { Description = "Samples between the starts of two windows.", Required = true };
        var majority = new Option<double?>("--majority")
        {
            Description = "Windows every hop, across label borders, where this share of the samples (above 0.5) has one label. "
                + "Without, windows begin at each label border and never span one.",
        };
        var drop = new Option<bool>("--drop-transitions")
        {
            Description = "The same as --majority 1: windows every hop, but none across a border.",
        };
        var output = DataFolder.OutOption();
        var force = DataFolder.ForceOption();
        var json = DataFolder.JsonOption();
        var command = new Command("window", "Cut split recordings into labelled windows.")
        {
            folder, length, hop, majority, drop, output, force, json,
        };
        command.SetAction(parse =>
        {
            var options = new WindowingOptions
            {
                WindowSamples = parse.GetValue(length),
                HopSamples = parse.GetValue(hop),
                Majority = parse.GetValue(drop) ? parse.GetValue(majority) ?? 1 : parse.GetValue(majority),
            };
            Validate(options, parse.GetValue(drop));
            return Run(
                parse.GetRequiredValue(folder), options, parse.GetRequiredValue(output), parse.GetValue(force), parse.GetValue(json));
        });
        return command;
    }

    private static void Validate(WindowingOptions options, bool drop)
    {
        if (options.WindowSamples < 1 || options.HopSamples < 1)
        {
            throw new CommandFailure("BAD_OPTION", "--length and --hop must be at least 1.");
        }

        if (options.Majority is not (null or (> 0.5 and <= 1)) || (drop && options.Majority != 1))
        {
            throw new CommandFailure("BAD_OPTION", "--majority must be above 0.5 and at most 1, and 1 with --drop-transitions.");
        }
    }

    private static int Run(string folder, WindowingOptions options, string output, bool force, bool json)
    {
        var (name, recordings) = DataFolder.Recordings(folder);
        var parts = Parts(recordings).ToDictionary(
            part => part.Key, part => Windowing.Cut([.. part], recordings[0].ClassNames, options));
        if (parts.FirstOrDefault(part => part.Value.Windows.Count == 0).Key is { } empty)
        {
            throw new CommandFailure("NO_WINDOWS", $"The {empty} part gives no windows: its labelled stretches are shorter than --length.");
        }

        DatasetWriter.WriteWindows(output, name, parts, force);
        var lines = parts.Select(part => new
        {
            Part = part.Key,
            Windows = part.Value.Windows.Count,
            part.Value.Transitions,
            part.Value.Unlabelled,
            part.Value.TooShort,
        }).ToArray();
        if (json)
        {
            JsonOutput.Write(new { Out = output, Parts = lines });
            return 0;
        }

        foreach (var line in lines)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{line.Part}: {line.Windows} windows; left out: {line.Transitions} transitions, {line.Unlabelled} without a label, ")
                + FormattableString.Invariant($"{line.TooShort} stretches shorter than a window"));
        }

        Console.Out.WriteLine($"written to {output}");
        return 0;
    }

    /// <summary>The recordings by part, train first.</summary>
    private static IEnumerable<IGrouping<string, Recording>> Parts(IReadOnlyList<Recording> recordings)
    {
        if (recordings.FirstOrDefault(recording => recording.Split.Length == 0) is { } unsplit)
        {
            throw new DataException(DataError.NoSplit,
                $"recording {unsplit.Name} belongs to no part yet: run 'data split' first, because windows can no longer be split fairly.");
        }

        return recordings.GroupBy(recording => recording.Split).OrderBy(part => part.Key != DatasetSplit.Train);
    }
}
