using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Data.Import;
using NanoFormer.Data.Inspection;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>
/// <c>data import SOURCE --out DIR</c>: recordings in any known form become one data set; faults are refused unless repaired.
/// </summary>
internal static class DataImportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A file, or a folder of files of one kind." };
        var output = new Option<string?>("--out") { Description = "Folder to write to; made when it is not there." };
        var format = new Option<string?>("--format") { Description = "Form of the source; without, told by its files." };
        format.AcceptOnlyFromAmong("csv", "packed", "edge-impulse", "log");
        var name = new Option<string?>("--name") { Description = "Name of the data set; without, that of the source." };
        var check = new Option<bool>("--check") { Description = "Tell what is wrong with the source, and write nothing." };
        var force = DataFolder.ForceOption();
        var json = DataFolder.JsonOption();
        var columns = new ImportOptions();
        var repairs = new RepairOptionSet();
        var command = new Command("import", "Make a data set of CSV files, packed sets, Edge Impulse files or a device's log.")
        {
            source, output, format, name, check, force, json,
        };
        foreach (var option in columns.All.Concat(repairs.All))
        {
            command.Add(option);
        }
        command.SetAction(parse =>
        {
            var path = parse.GetRequiredValue(source);
            var folder = parse.GetValue(output);
            if (folder is null && !parse.GetValue(check))
            {
                throw new CommandFailure("BAD_OPTION", "Say where to write with --out, or only --check.");
            }
            var result = Import(parse, path, FormatOf(parse.GetValue(format), path), columns, repairs);
            var setName = parse.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            if (folder is not null && !parse.GetValue(check) && !result.IsRefused)
            {
                DataFolder.Write(folder, parse.GetValue(force), setName, result.Recordings);
            }
            return Report(result, setName, path, folder, parse.GetValue(json));
        });
        return command;
    }

    private static ImportFormat FormatOf(string? name, string path) => name switch
    {
        null => ImportSource.FormatOf(path),
        "csv" => ImportFormat.Csv,
        "packed" => ImportFormat.Packed,
        "edge-impulse" => ImportFormat.EdgeImpulse,
        _ => ImportFormat.Log,
    };

    private static ImportResult Import(ParseResult parse, string path, ImportFormat format, ImportOptions columns, RepairOptionSet repairs)
    {
        if (format == ImportFormat.Packed)
        {
            columns.RefuseStray(parse, format);
            repairs.RefuseAll(parse);
            return new ImportResult(DataFolder.Recordings(path).Recordings, []);
        }
        var wanted = repairs.Of(parse);
        var log = new FindingLog();
        var sources = columns.Read(parse, path, format, wanted, log);
        return RecordingImport.Run(sources, wanted, log, columns.GapPeriods(parse));
    }

    private static int Report(ImportResult result, string name, string path, string? folder, bool json)
    {
        var summary = result.IsRefused ? null : DatasetSummary.Of(name, result.Recordings);
        if (json)
        {
            var findings = FindingReport.Json(result.Findings);
            JsonOutput.Write(new { Refused = result.IsRefused, Out = folder, Findings = findings, Summary = summary });
            return result.IsRefused ? 1 : 0;
        }
        if (summary is null)
        {
            throw new DataException(DataError.RefusedData, FindingReport.Refusal(path, result.Findings));
        }
        FindingReport.Write(result.Findings);
        DatasetReport.Draw(summary);
        Console.Out.WriteLine(folder is null ? "nothing was written" : $"written to {folder}");
        return 0;
    }
}
