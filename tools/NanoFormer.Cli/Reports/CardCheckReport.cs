using System.Globalization;
using NanoFormer.Cli.Evaluation;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>The shipped models against their cards, as a table.</summary>
internal static class CardCheckReport
{
    /// <summary>Writes the table, and what could not be checked.</summary>
    public static void Draw(IReadOnlyList<CardCheck> checks)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "model", "split", "windows", "right", "accuracy", "card: right", "score", "");
        foreach (var check in checks)
        {
            table.AddRow(
                Markup.Escape(check.Model), check.Split, Text($"{check.Windows}"), Text($"{check.Correct}"),
                Text($"{(double?)check.Correct / check.Windows:P2}"), Text($"{check.CardCorrect}"), Score(check), Verdict(check.EqualsCard));
        }

        AnsiConsole.Write(table);
        foreach (var check in checks.Where(check => check.EqualsCard is null))
        {
            Console.Out.WriteLine($"skipped: {check.Model}, {check.Split}: the data set '{check.Data}' is not here");
        }
    }

    private static string Score(CardCheck check) => string.Join(", ", new[]
    {
        check.AnomalyF1 is { } f1 ? Text($"F1 {f1:F3}") : "",
        check.FalseAlarmRate is { } rate ? Text($"false alarms {rate:P1}") : "",
        check.FaultAuc is { } area ? Text($"faults, area {area:F3}") : "",
    }.Where(text => text.Length > 0));

    private static string Verdict(bool? equalsCard) => equalsCard switch
    {
        true => "equal",
        false => "NOT EQUAL",
        null => "skipped",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
