using System.Globalization;
using System.Net;
using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace NanoFormer.Cli.Energy;

/// <summary>A measurement as one HTML file that needs no other, fit to be printed.</summary>
internal static class EnergyPage
{
    private const int Width = 880;
    private const int Height = 260;
    private const int Bars = 30;
    private const double Milli = 1000;

    private const string Head = """
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body { font: 15px/1.45 sans-serif; max-width: 920px; margin: 2em auto; padding: 0 1em; color: #222; background: #fff; }
        table { border-collapse: collapse; margin: 0.5em 0 1.5em; width: 100%; }
        th, td { border-bottom: 1px solid #ddd; padding: 3px 10px 3px 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        .figure { font-size: 1.3em; }
        svg { max-width: 100%; height: auto; display: block; }
        @media print { body { margin: 0; } svg, table { break-inside: avoid; } }
        </style>
        """;

    /// <summary>The text of the file.</summary>
    public static string Text(EnergyReport report)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n")
            .Append($"<title>Energy per inference: {Escape(report.Trace)}</title>\n{Head}\n</head>\n<body>\n<h1>Energy per inference</h1>\n")
            .Append($"<p class=\"figure\">{Escape(report.Headline)}</p>\n");
        AppendTable(page, ["quantity", "value"], report.Lines().Select(line => new[] { line.Name, line.Value }));
        page.Append("<h2>The recording</h2>\n").Append(Svg(Overview(report)));
        if (Inference(report) is { } inference)
        {
            page.Append("<h2>One inference, the nearest to the median</h2>\n").Append(Svg(inference));
        }

        if (report.Measurement.Figure.Inferences.Count > 2)
        {
            page.Append("<h2>All inferences</h2>\n").Append(Svg(Histogram(report)));
        }

        page.Append("<h2>Phases</h2>\n");
        AppendTable(page, ["phase", "seconds", "energy", "mean power"], report.Phases.Select(phase => new[]
        {
            phase.Phase, Number(phase.Seconds), $"{Number(phase.Joules * Milli)} mJ", $"{Number(phase.Joules / phase.Seconds * Milli)} mW",
        }));
        if (report.Measurement.Findings.Count > 0)
        {
            page.Append("<h2>Findings</h2>\n");
            AppendTable(page, ["finding", "in words"], report.Measurement.Findings.Select(finding => new[] { finding.Name, finding.Text }));
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static PlotModel Overview(EnergyReport report)
    {
        var plot = Plot("time (s)", "power (mW)");
        var area = new AreaSeries { Color = OxyColors.SteelBlue, Color2 = OxyColors.SteelBlue, Fill = OxyColor.FromAColor(120, OxyColors.SteelBlue), StrokeThickness = 0.5 };
        foreach (var (start, least, most) in report.Measurement.Segments.Overview.Where(bucket => bucket.Most >= bucket.Least))
        {
            area.Points.Add(new DataPoint(start, most * Milli));
            area.Points2.Add(new DataPoint(start, least * Milli));
        }

        plot.Series.Add(area);
        return plot;
    }

    private static PlotModel? Inference(EnergyReport report)
    {
        var (figure, pictures) = (report.Measurement.Figure, report.Measurement.Segments.Pictures);
        var picture = pictures.Where(samples => samples.Count > 1).MinBy(samples =>
            figure.Inferences.Where(inference => inference.Start == samples[0].Seconds).Select(inference => Math.Abs(inference.Net - figure.Median)).DefaultIfEmpty(double.MaxValue).First());
        if (picture is null)
        {
            return null;
        }

        var plot = Plot("time in the inference (ms)", "power (mW)");
        var line = new LineSeries { Color = OxyColors.SteelBlue, StrokeThickness = 1 };
        int step = Math.Max(1, picture.Count / 2000);
        for (int at = 0; at < picture.Count; at += step)
        {
            // Of each stretch that a pixel cannot part, the least and the greatest.
            double[] part = picture.Skip(at).Take(step).Select(sample => sample.Watts).ToArray();
            double time = (picture[at].Seconds - picture[0].Seconds) * Milli;
            line.Points.Add(new DataPoint(time, part.Max() * Milli));
            line.Points.Add(new DataPoint(time, part.Min() * Milli));
        }

        plot.Series.Add(line);
        return plot;
    }

    private static PlotModel Histogram(EnergyReport report)
    {
        var figure = report.Measurement.Figure;
        var plot = Plot("energy above idle (uJ)", "inferences");
        double[] energies = [.. figure.Inferences.Select(inference => inference.Net / report.Settings.PerSegment * 1e6)];
        var (least, most) = (energies.Min(), energies.Max());
        double width = Math.Max((most - least) / Bars, Math.Abs(most) * 1e-9 + 1e-12);
        var series = new HistogramSeries { FillColor = OxyColors.SteelBlue, StrokeThickness = 0 };
        foreach (var group in energies.GroupBy(energy => Math.Min(Bars - 1, (int)((energy - least) / width))))
        {
            double start = least + (group.Key * width);
            series.Items.Add(new HistogramItem(start, start + width, group.Count() * width, group.Count()));
        }

        plot.Series.Add(series);
        return plot;
    }

    private static PlotModel Plot(string x, string y)
    {
        var plot = new PlotModel { PlotAreaBorderColor = OxyColors.LightGray, Padding = new OxyThickness(12, 4, 16, 4) };
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = x, AxisTitleDistance = 6, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.WhiteSmoke });
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = y, AxisTitleDistance = 14, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.WhiteSmoke });
        return plot;
    }

    private static string Svg(PlotModel plot)
    {
        using var stream = new MemoryStream();
        new SvgExporter { Width = Width, Height = Height, IsDocument = false }.Export(plot, stream);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        // A picture that may shrink needs to know its own size.
        return text.Replace("<svg ", $"<svg viewBox=\"0 0 {Width} {Height}\" ", StringComparison.Ordinal) + "\n";
    }

    private static void AppendTable(StringBuilder page, string[] head, IEnumerable<string[]> rows)
    {
        page.Append($"<table>\n<tr>{string.Concat(head.Select(cell => $"<th>{Escape(cell)}</th>"))}</tr>\n");
        foreach (string[] row in rows)
        {
            page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{Escape(cell)}</td>"))}</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
