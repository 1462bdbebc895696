using System.Globalization;
using System.Net;
using System.Text;
using NanoFormer.Cli.Evaluation;
using OxyPlot;

namespace NanoFormer.Cli.Reports;

/// <summary>What <c>evaluate</c> found, as one HTML file that needs no other.</summary>
internal static class EvaluationPage
{
    private const int PlotWidth = 640;
    private const int PlotHeight = 420;
    private const int BarHeight = 22;

    private const string Head = """
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body { font: 15px/1.45 sans-serif; max-width: 1320px; margin: 2em auto; padding: 0 1em; color: #222; }
        table { border-collapse: collapse; margin: 0.5em 0 1.5em; }
        th, td { border-bottom: 1px solid #ddd; padding: 3px 10px; text-align: right; font-variant-numeric: tabular-nums; }
        th:first-child, td:first-child, .text th, .text td { text-align: left; }
        .passed { color: #2a7d2a; } .failed { color: #c22; font-weight: bold; } .not-measured { color: #888; }
        svg { max-width: 100%; height: auto; }
        </style>
        """;

    /// <summary>The text of the file.</summary>
    public static string Text(ModelEvaluation evaluation)
    {
        var title = Escape($"{evaluation.Model.ModelId}: evaluation");
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n")
            .Append($"<title>{title}</title>\n{Head}\n</head>\n<body>\n<h1>{title}</h1>\n");
        foreach (var line in EvaluationSummary.Lines(evaluation))
        {
            page.Append($"<p>{Escape(line)}</p>\n");
        }
        foreach (var (number, plot) in EvaluationPlots.Of(evaluation).Index())
        {
            page.Append(Svg(plot, number)).Append('\n');
        }
        foreach (var table in EvaluationTable.Of(evaluation))
        {
            AppendTable(page, table);
        }
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AppendTable(StringBuilder page, EvaluationTable table)
    {
        page.Append($"<h2>{Escape(table.Title)}</h2>\n<table{(table.IsText ? " class=\"text\"" : "")}>\n");
        AppendRow(page, "th", table.Columns);
        foreach (var row in table.Rows)
        {
            AppendRow(page, "td", row);
        }
        page.Append("</table>\n");
    }

    private static void AppendRow(StringBuilder page, string element, IEnumerable<string> cells)
    {
        page.Append("<tr>");
        foreach (var cell in cells)
        {
            page.Append($"<{element}{ClassOf(cell)}>{Escape(cell)}</{element}>");
        }
        page.Append("</tr>\n");
    }

    private static string ClassOf(string cell) =>
        cell is "passed" or "failed" or "not measured" ? $" class=\"{cell.Replace(' ', '-')}\"" : "";

    private static string Svg(PlotModel plot, int number)
    {
        var categories = plot.Series.OfType<OxyPlot.Series.BarSeries>().SelectMany(bars => bars.ItemsSource.Cast<object>()).Count();
        var height = Math.Max(PlotHeight, (categories * BarHeight) + (4 * BarHeight));
        plot.DefaultFont = "Arial"; // in which the exporter measures
        var svg = SvgExporter.ExportToString(plot, PlotWidth, height, isDocument: false);

        // Names within a page are unique; and a picture that may shrink needs to know its own size.
        var name = string.Create(CultureInfo.InvariantCulture, $"plot{number}-");
        var box = string.Create(CultureInfo.InvariantCulture, $"0 0 {PlotWidth} {height}");
        return svg
            .Replace("id=\"", $"id=\"{name}", StringComparison.Ordinal)
            .Replace("url(#", $"url(#{name}", StringComparison.Ordinal)
            .Replace("<svg ", $"<svg viewBox=\"{box}\" ", StringComparison.Ordinal);
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
