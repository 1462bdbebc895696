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
    private const int WidestColumns = 8; // of a table in one of the two columns of the page

    private const string Head = """
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body { font: 15px/1.45 sans-serif; max-width: 1320px; margin: 1.5em auto; padding: 0 1em; color: #222; overflow-wrap: anywhere; }
        h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 0 0 0.4em; }
        .verdict { border-left: 8px solid #2a7d2a; background: #eef7ee; padding: 0.6em 1em; } .verdict.no { border-color: #c22; background: #fbeeee; }
        .verdict strong { font-size: 1.5em; } .facts { color: #555; }
        section { break-inside: avoid; margin: 0 0 1.6em; }
        .text td:first-child { width: 30%; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border-bottom: 1px solid #ddd; padding: 3px 8px; text-align: right; vertical-align: top; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
        th:first-child, td:first-child, .text th, .text td { text-align: left; overflow-wrap: anywhere; }
        .passed { color: #2a7d2a; } .failed { color: #c22; font-weight: bold; } .not-measured { color: #777; }
        .passed, .failed, .not-measured { white-space: nowrap; }
        .confusion { table-layout: fixed; } .confusion th, .confusion td { padding: 2px 0; text-align: center; font-size: 12px; border: 1px solid #fff; }
        .confusion th:first-child { width: 24%; text-align: left; padding-right: 4px; }
        svg { max-width: 100%; height: auto; }
        @media screen and (min-width: 1100px) { .columns { columns: 2; column-gap: 2em; } }
        @media screen and (max-width: 760px) {
          .stack thead { display: none; } .stack tr { display: block; border-bottom: 2px solid #ccc; padding: 4px 0; }
          .stack td { display: flex; justify-content: space-between; gap: 1em; border: 0; text-align: right; }
          .stack td:first-child { font-weight: bold; }
          .stack td::before { content: attr(data-label); font-weight: normal; color: #666; text-align: left; white-space: nowrap; }
          .text td { display: block; width: auto !important; text-align: left; } .text td::before { content: none; }
          .confusion th, .confusion td { font-size: 9px; }
        }
        @media print { body { max-width: none; margin: 0; font-size: 11px; } svg { max-width: 62%; } tr { break-inside: avoid; } .verdict { -webkit-print-color-adjust: exact; print-color-adjust: exact; } td { print-color-adjust: exact; } }
        </style>
        """;

    /// <summary>The text of the file.</summary>
    /// <param name="evaluation">What was found out.</param>
    /// <param name="date">The day of the report.</param>
    public static string Text(ModelEvaluation evaluation, DateOnly date)
    {
        string title = Escape($"{evaluation.Model.ModelId}: may it be used?");
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n")
            .Append($"<title>{title}</title>\n{Head}\n</head>\n<body>\n<h1>{title}</h1>\n");
        AppendVerdict(page, evaluation, date);
        var tables = EvaluationTable.Of(evaluation).ToArray();
        page.Append("<div class=\"columns\">\n");
        AppendTable(page, tables[^1]); // the checklist
        foreach (var table in tables[..^1].Where(table => !IsWide(table)))
        {
            AppendTable(page, table);
        }

        foreach (var (number, plot) in EvaluationPlots.Of(evaluation).Index())
        {
            page.Append($"<section>{Svg(plot, number)}</section>\n");
        }

        page.Append("</div>\n");
        foreach (var table in tables.Where(IsWide))
        {
            AppendTable(page, table);
        }

        foreach (string line in EvaluationSummary.Lines(evaluation))
        {
            page.Append($"<p class=\"facts\">{Escape(line)}</p>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AppendVerdict(StringBuilder page, ModelEvaluation evaluation, DateOnly date)
    {
        var verdict = Verdict.Of(evaluation);
        page.Append($"<div class=\"verdict{(verdict.Fits ? "" : " no")}\"><strong>{(verdict.Fits ? "It fits." : "Not yet.")}</strong> {Escape(verdict.Sentence)}\n");
        AppendList(page, "Good for", verdict.GoodFor);
        AppendList(page, "Not for", verdict.NotFor);
        string? version = typeof(EvaluationPage).Assembly.GetName().Version?.ToString(3);
        page.Append(string.Create(CultureInfo.InvariantCulture,
            $"</div>\n<p class=\"facts\">{date:yyyy-MM-dd}; data: {Escape(evaluation.Data.Dataset)}, part {Escape(evaluation.Data.Split)}, {evaluation.Windows} windows; "))
            .Append(string.Create(CultureInfo.InvariantCulture,
                $"image {evaluation.Model.Crc32:x8}, {evaluation.Model.ImageBytes:N0} bytes; NanoFormer {version}, engine '{Escape(evaluation.Core)}'.</p>\n"));
    }

    private static void AppendList(StringBuilder page, string title, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        page.Append($"<p>{title}:</p><ul>{string.Concat(items.Select(item => $"<li>{Escape(item)}</li>"))}</ul>\n");
    }

    /// <summary>Whether a table needs the whole width of the page.</summary>
    private static bool IsWide(EvaluationTable table) => table.Columns.Count > WidestColumns;

    private static void AppendTable(StringBuilder page, EvaluationTable table)
    {
        page.Append($"<section><h2>{Escape(table.Title)}</h2>\n");
        if (table.Title == EvaluationTable.ConfusionTitle)
        {
            AppendConfusion(page, table);
        }
        else
        {
            page.Append($"<table class=\"stack{(table.IsText ? " text" : "")}\">\n<thead><tr>{string.Concat(table.Columns.Select(name => $"<th>{Escape(name)}</th>"))}</tr></thead>\n");
            foreach (var row in table.Rows)
            {
                page.Append($"<tr>{string.Concat(row.Zip(table.Columns, (cell, name) => $"<td data-label=\"{Escape(name)}\"{ClassOf(cell)}>{Escape(cell)}</td>"))}</tr>\n");
            }

            page.Append("</table>\n");
        }

        page.Append("</section>\n");
    }

    /// <summary>Classes as numbered rows and columns, so that twenty fit beside each other; the darker, the more of a row.</summary>
    private static void AppendConfusion(StringBuilder page, EvaluationTable table)
    {
        page.Append("<table class=\"confusion\">\n<tr><th>true, by answer</th>")
            .Append(string.Concat(table.Rows.Select((_, i) => FormattableString.Invariant($"<th>{i + 1}</th>")))).Append("</tr>\n");
        foreach (var (number, row) in table.Rows.Index())
        {
            int[] counts = [.. row.Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
            int sum = Math.Max(1, counts.Sum());
            page.Append(FormattableString.Invariant($"<tr><th>{number + 1} {Escape(row[0])}</th>"));
            foreach (var (column, count) in counts.Index())
            {
                double part = (double)count / sum;
                string color = column == number ? "42,125,42" : "204,34,34";
                page.Append(FormattableString.Invariant(
                    $"<td style=\"background:rgba({color},{0.75 * part:0.##})\">{(count == 0 ? "" : count)}</td>"));
            }

            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string ClassOf(string cell) =>
        cell is "passed" or "failed" or "not measured" ? $" class=\"{cell.Replace(' ', '-')}\"" : "";

    private static string Svg(PlotModel plot, int number)
    {
        int categories = plot.Series.OfType<OxyPlot.Series.BarSeries>().SelectMany(bars => bars.ItemsSource.Cast<object>()).Count();
        int height = Math.Max(PlotHeight, (categories * BarHeight) + (4 * BarHeight));
        plot.DefaultFont = "Arial"; // in which the exporter measures
        string svg = SvgExporter.ExportToString(plot, PlotWidth, height, isDocument: false);

        // Names within a page are unique; and a picture that may shrink needs to know its own size.
        string name = string.Create(CultureInfo.InvariantCulture, $"plot{number}-");
        string box = string.Create(CultureInfo.InvariantCulture, $"0 0 {PlotWidth} {height}");
        return svg
            .Replace("id=\"", $"id=\"{name}", StringComparison.Ordinal)
            .Replace("url(#", $"url(#{name}", StringComparison.Ordinal)
            .Replace("<svg ", $"<svg viewBox=\"{box}\" ", StringComparison.Ordinal);
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
