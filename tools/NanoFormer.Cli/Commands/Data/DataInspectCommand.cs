using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Data.Inspection;
using NanoFormer.Files;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data inspect FOLDER</c>: what a data set holds, and pictures of its recordings.</summary>
internal static class DataInspectCommand
{
    public static Command Create()
    {
        var folder = DataFolder.Argument();
        var plots = new Option<string?>("--plots") { Description = "Folder for an SVG picture of each recording." };
        var limit = new Option<int>("--plot-limit") { Description = "Most pictures to draw.", DefaultValueFactory = _ => 20 };
        var json = DataFolder.JsonOption();
        var command = new Command("inspect", "Show what a data set holds: counts, ranges, classes, subjects.")
        {
            folder, plots, limit, json,
        };
        command.SetAction(parse => Run(
            PackedDataset.Open(parse.GetRequiredValue(folder)), parse.GetValue(plots), parse.GetValue(limit), parse.GetValue(json)));
        return command;
    }

    private static int Run(PackedDataset dataset, string? plots, int limit, bool json)
    {
        var recordings = dataset.HasWindows ? [] : SignalConversion.ToCommonScale(dataset.ReadRecordings());
        if (dataset.HasWindows && plots is not null)
        {
            throw new CommandFailure("NO_RECORDINGS", $"'{dataset.Name}' holds windows; pictures are drawn of recordings.");
        }

        var summary = dataset.HasWindows
            ? DatasetSummary.Of(dataset.Name, dataset.WindowParts.ToDictionary(part => part, dataset.ReadWindows))
            : DatasetSummary.Of(dataset.Name, recordings);
        var drawn = plots is null ? [] : Plot(plots, recordings.Take(limit));
        if (json)
        {
            JsonOutput.Write(new { Summary = summary, Plots = drawn });
            return 0;
        }

        DatasetReport.Draw(summary);
        if (plots is not null)
        {
            Console.Out.WriteLine($"{drawn.Count} of {recordings.Count} recordings drawn in {plots}");
        }

        return 0;
    }

    private static List<string> Plot(string folder, IEnumerable<Recording> recordings)
    {
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (var (i, recording) in recordings.Index())
        {
            string path = Path.Combine(folder, FormattableString.Invariant($"{i + 1:D5}.svg"));
            AtomicFile.WriteAllText(path, SignalPlot.Draw(recording));
            paths.Add(path);
        }

        return paths;
    }
}
