using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Data.Import;
using NanoFormer.Data.Inspection;
using NanoFormer.Data.Storage;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>
/// <c>data import SOURCE --out DIR</c>: recordings in any known form become one data set; faults are refused unless repaired.
/// </summary>
internal static class DataImportCommand
{
    private const string Packed = "packed";

    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A file, or a folder of files of one kind." };
        var output = new Option<string?>("--out") { Description = "Folder to write to; made when it is not there." };
        var format = new Option<string?>("--format") { Description = "Form of the source; without it, found from the files." };
        format.AcceptOnlyFromAmong([.. RecordingFormat.All.Select(known => known.Name), Packed]);
        var name = new Option<string?>("--name") { Description = "Name of the data set; without it, that of the source." };
        var check = new Option<bool>("--check") { Description = "Tell what is wrong with the source, and write nothing." };
        var force = DataFolder.ForceOption();
        var json = DataFolder.JsonOption();
        var columns = new ImportOptions();
        var repairs = new RepairOptionSet();
        var command = new Command("import", "Make a data set from CSV files, packed sets, Edge Impulse files or a device's log.")
        {
            source, output, format, name, check, force, json,
        };
        foreach (var option in columns.All.Concat(repairs.All))
        {
            command.Add(option);
        }

        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(source);
            string? folder = parse.GetValue(output);
            if (folder is null && !parse.GetValue(check))
            {
                throw new CommandFailure("BAD_OPTION", "Say where to write with --out, or only --check.");
            }

            string setName = parse.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            var tally = new DatasetTally(setName, "recordings");
            using var writer = folder is null || parse.GetValue(check)
                ? null
                : new RecordingsWriter(folder, setName, parse.GetValue(force));
            IRecordingSink sink = writer is null ? tally : new RecordingSinks(tally, writer);
            var findings = Import(parse, path, FormatOf(parse.GetValue(format), path), columns, repairs, sink);
            bool isRefused = findings.Any(finding => finding.Outcome == FindingOutcome.Refused);
            var summary = isRefused ? null : tally.Summary();
            if (!isRefused)
            {
                writer?.Commit();
            }

            return Report(summary, findings, path, folder, parse.GetValue(json));
        });
        return command;
    }

    /// <summary>The form of the source; null for a packed set.</summary>
    private static RecordingFormat? FormatOf(string? name, string path) => name switch
    {
        null when File.Exists(Path.Combine(path, "header.json")) => null,
        null => RecordingFormat.Of(path),
        Packed => null,
        _ => RecordingFormat.All.Single(format => format.Name == name),
    };

    private static IReadOnlyList<Finding> Import(
        ParseResult parse, string path, RecordingFormat? format, ImportOptions columns, RepairOptionSet repairs, IRecordingSink sink)
    {
        if (format is null)
        {
            columns.RefuseStray(parse, format);
            repairs.RefuseAll(parse);
            foreach (var recording in DataFolder.Recordings(path).Recordings)
            {
                sink.Begin(recording);
                sink.Add(recording.Samples, recording.Labels);
                sink.End();
            }

            return [];
        }

        var wanted = repairs.Of(parse);
        var request = columns.Request(parse, path, format, wanted);
        var log = new FindingLog();
        using var spool = new SampleSpool();
        RecordingImport.Run(format.Read(request, log, spool), wanted, log, columns.GapPeriods(parse), sink);
        return log.All;
    }

    private static int Report(DatasetSummary? summary, IReadOnlyList<Finding> findings, string path, string? folder, bool json)
    {
        if (json)
        {
            JsonOutput.Write(new { Refused = summary is null, Out = folder, Findings = FindingReport.Json(findings), Summary = summary });
            return summary is null ? 1 : 0;
        }

        if (summary is null)
        {
            throw new DataException(DataError.RefusedData, FindingReport.Refusal(path, findings));
        }

        FindingReport.Write(findings);
        DatasetReport.Draw(summary);
        Console.Out.WriteLine(folder is null ? "nothing was written" : $"written to {folder}");
        return 0;
    }
}
