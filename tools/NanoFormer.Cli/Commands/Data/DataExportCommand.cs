using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data.EdgeImpulse;
using NanoFormer.Data.Storage;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data export FOLDER --format FORMAT --out DIR</c>: recordings as files that other tools read.</summary>
internal static class DataExportCommand
{
    private const string EdgeImpulse = "edge-impulse";
    private const string Csv = "csv";

    public static Command Create()
    {
        var folder = DataFolder.Argument();
        var format = new Option<string>("--format") { Description = "Form of the files.", Required = true };
        format.AcceptOnlyFromAmong(EdgeImpulse, Csv);
        var keyFile = DataFolder.KeyFileOption();
        var output = new Option<string>("--out") { Description = "An empty folder; made when it is not there.", Required = true };
        var json = DataFolder.JsonOption();
        var command = new Command("export", "Write recordings as Edge Impulse or CSV files.") { folder, format, keyFile, output, json };
        command.SetAction(parse => Run(
            parse.GetRequiredValue(folder), parse.GetRequiredValue(format), parse.GetValue(keyFile),
            parse.GetRequiredValue(output), parse.GetValue(json)));
        return command;
    }

    private static int Run(string folder, string format, string? keyFile, string output, bool json)
    {
        if (keyFile is not null && format != EdgeImpulse)
        {
            throw new CommandFailure("BAD_OPTION", "Only Edge Impulse files are signed.");
        }

        var (_, recordings) = DataFolder.Recordings(folder);
        DataFolder.RequireEmpty(output);
        int files = format == EdgeImpulse
            ? AcquisitionWriter.Write(output, recordings, DataFolder.ReadKey(keyFile))
            : CsvExport.Write(output, recordings);
        if (json)
        {
            JsonOutput.Write(new { Out = output, Files = files, Recordings = recordings.Count });
            return 0;
        }

        Console.Out.WriteLine($"{files} files of {recordings.Count} recordings written to {output}");
        return 0;
    }
}
