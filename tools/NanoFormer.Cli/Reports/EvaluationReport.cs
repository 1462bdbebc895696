using NanoFormer.Cli.Evaluation;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>What <c>evaluate</c> found, for the terminal.</summary>
internal static class EvaluationReport
{
    /// <summary>Writes sentences and tables.</summary>
    public static void Draw(ModelEvaluation evaluation)
    {
        foreach (string line in EvaluationSummary.Lines(evaluation))
        {
            Console.Out.WriteLine(line);
        }

        foreach (var table in EvaluationTable.Of(evaluation))
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(table.Title);
            AnsiConsole.Write(Drawn(table));
        }
    }

    private static Table Drawn(EvaluationTable table)
    {
        var drawn = new Table().Border(TableBorder.Simple);
        foreach (var (i, name) in table.Columns.Index())
        {
            var column = new TableColumn(Markup.Escape(name));
            drawn.AddColumn(i > 0 && !table.IsText ? column.RightAligned() : column);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(Markup.Escape)]);
        }

        return drawn;
    }
}
