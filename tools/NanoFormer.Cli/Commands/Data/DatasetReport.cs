using System.Globalization;
using NanoFormer.Data.Inspection;
using Spectre.Console;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>A summary of a data set as tables.</summary>
internal static class DatasetReport
{
    private const int MostSubjects = 60;

    public static void Draw(DatasetSummary summary)
    {
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Name}: {summary.Items} {summary.Kind} of {summary.Shortest} to {summary.Longest} samples ")
            + string.Create(CultureInfo.InvariantCulture, $"at {summary.RateHz:0.####} Hz, {Duration(summary.Seconds)}{Gaps(summary)}"));
        DrawChannels(summary);
        DrawLabels(summary);
        DrawSubjects(summary);
        foreach (string warning in summary.Warnings)
        {
            AnsiConsole.WriteLine($"warning: {warning}");
        }
    }

    private static void DrawChannels(DatasetSummary summary)
    {
        var table = Table("channel", "unit", "#min", "#max", "#mean", "#deviation", "#step", "#saturated");
        foreach (var channel in summary.Channels)
        {
            Row(table, channel.Name, channel.Unit, Number(channel.Min), Number(channel.Max), Number(channel.Mean),
                Number(channel.StandardDeviation), channel.Scale.ToString("G4", CultureInfo.InvariantCulture), Count(channel.Saturated));
        }

        AnsiConsole.Write(table);
    }

    private static void DrawLabels(DatasetSummary summary)
    {
        var table = Table("class", $"#{summary.Kind}", "#subjects", "#samples", "#seconds", "#share");
        foreach (var label in summary.Labels)
        {
            Row(table, label.Name.Length > 0 ? label.Name : "(none)", Count(label.Items), Count(label.Subjects), Count(label.Samples),
                Number(label.Samples / summary.RateHz), label.Share.ToString("P1", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Seconds of each class by subject; of many subjects only the first are shown, and it is said.</summary>
    private static void DrawSubjects(DatasetSummary summary)
    {
        string[] names = summary.Labels.Select(label => label.Name.Length > 0 ? label.Name : "(none)").ToArray();
        var table = Table([.. new[] { "subject", "part", $"#{summary.Kind}" }, .. names.Select(name => $"#{name} s")]);
        foreach (var subject in summary.Subjects.Take(MostSubjects))
        {
            Row(table,
            [
                subject.Name.Length > 0 ? subject.Name : "(unknown)", subject.Split, Count(subject.Items),
                .. subject.SamplesByLabel.Take(names.Length).Select(samples => Number(samples / summary.RateHz)),
            ]);
        }

        AnsiConsole.Write(table);
        if (summary.Subjects.Count > MostSubjects)
        {
            AnsiConsole.WriteLine($"and {Count(summary.Subjects.Count - MostSubjects)} more rows, which --json has");
        }
    }

    /// <summary>A table; headers that begin with # are of numbers.</summary>
    private static Table Table(params string[] headers)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string header in headers)
        {
            var column = new TableColumn(Markup.Escape(header.TrimStart('#')));
            table.AddColumn(header[0] == '#' ? column.RightAligned() : column);
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Gaps(DatasetSummary summary) => summary.Gaps > 0 ? $", cut at {Count(summary.Gaps)} places" : "";

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds)).ToString("c", CultureInfo.InvariantCulture);
}
