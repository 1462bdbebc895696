using System.Globalization;
using System.Security;
using System.Text;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Inspection;

/// <summary>
/// Draws a recording as one SVG file: a panel for each unit with its channels over time, and a band with the labels. Long recordings are
/// drawn as the range of values under each pixel, so that no spike gets lost.
/// </summary>
public static class SignalPlot
{
    private const int Left = 70;
    private const int PlotWidth = 1000;
    private const int PanelHeight = 140;
    private const int BandHeight = 18;
    private const int LineHeight = 20;

    private static readonly string[] Colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f"];

    /// <summary>The text of the SVG file.</summary>
    public static string Draw(Recording recording)
    {
        string[] units = recording.Channels.Select(channel => channel.Unit).Distinct().ToArray();
        int panels = LineHeight + BandHeight + LineHeight;
        int height = panels + (units.Length * (PanelHeight + LineHeight)) + LineHeight;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + PlotWidth + 20}\" height=\"{height}\" "))
            .Append("font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        AppendText(svg, Left, 15, Title(recording));
        AppendBand(svg, recording, LineHeight);
        foreach (var (i, unit) in units.Index())
        {
            AppendPanel(svg, recording, unit, panels + (i * (PanelHeight + LineHeight)));
        }

        AppendText(svg, Left, height - 6, "0 s");
        AppendText(svg, Left + PlotWidth - 60, height - 6, Invariant($"{recording.SampleCount / recording.RateHz:0.##} s"));
        return svg.Append("</svg>\n").ToString();
    }

    private static string Title(Recording recording)
    {
        string subject = recording.Subject.Length > 0 ? $", subject {recording.Subject}" : "";
        return Invariant($"{recording.Name}{subject}: {recording.SampleCount} samples at {recording.RateHz:0.####} Hz");
    }

    private static void AppendBand(StringBuilder svg, Recording recording, int top)
    {
        if (recording.Labels is null)
        {
            return;
        }

        foreach (var run in LabelRun.Of(recording.Labels).Where(run => run.Label != Recording.Unlabelled))
        {
            var (x, width) = (XOf(recording, run.Begin), XOf(recording, run.End) - XOf(recording, run.Begin));
            string name = recording.ClassNames[run.Label];
            svg.Append(Invariant($"<rect x=\"{x:0.#}\" y=\"{top}\" width=\"{width:0.#}\" height=\"{BandHeight}\" "))
                .Append(Invariant($"fill=\"{ColourOf(run.Label)}\" fill-opacity=\"0.35\"><title>{Escape(name)}</title></rect>\n"));
            if (width > 8 * name.Length)
            {
                AppendText(svg, x + 3, top + 13, name);
            }
        }
    }

    private static void AppendPanel(StringBuilder svg, Recording recording, string unit, int top)
    {
        var channels = recording.Channels.Index().Where(channel => channel.Item.Unit == unit).ToArray();
        double[] values = channels.SelectMany(channel => Values(recording, channel.Index)).DefaultIfEmpty().ToArray();
        var (low, high) = (values.Min(), values.Max());
        double span = high > low ? high - low : 1;
        svg.Append(Invariant($"<rect x=\"{Left}\" y=\"{top}\" width=\"{PlotWidth}\" height=\"{PanelHeight}\" "))
            .Append("fill=\"none\" stroke=\"#999\"/>\n");
        AppendText(svg, 4, top + 12, Invariant($"{high:G4} {unit}"));
        AppendText(svg, 4, top + PanelHeight, Invariant($"{low:G4} {unit}"));
        foreach (var (order, (index, channel)) in channels.Index())
        {
            string path = Path(recording, index, value => top + PanelHeight - ((value - low) / span * PanelHeight));
            svg.Append(Invariant($"<path d=\"{path}\" fill=\"none\" stroke=\"{ColourOf(order)}\"/>\n"));
            svg.Append(Invariant($"<text x=\"{Left + 6 + (order * 110)}\" y=\"{top - 5}\" fill=\"{ColourOf(order)}\">"))
                .Append(Invariant($"{Escape(channel.Name)}</text>\n"));
        }
    }

    private static string Path(Recording recording, int channel, Func<double, double> yOf)
    {
        double[] values = [.. Values(recording, channel)];
        var points = new StringBuilder();
        int columns = Math.Min(values.Length, PlotWidth);
        for (int column = 0; column < columns; column++)
        {
            var (begin, end) = ((int)((long)column * values.Length / columns), (int)((long)(column + 1) * values.Length / columns));
            var range = values.AsSpan(begin, end - begin);
            var (low, high) = (range[0], range[0]);
            foreach (double value in range)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }

            points.Append(Invariant($"{(column == 0 ? "M" : "L")}{XOf(recording, begin):0.#} {yOf(high):0.#}"));
            if (low != high)
            {
                points.Append(Invariant($"V{yOf(low):0.#}"));
            }
        }

        return points.ToString();
    }

    private static IEnumerable<double> Values(Recording recording, int channel)
    {
        for (int i = channel; i < recording.Samples.Length; i += recording.Channels.Count)
        {
            yield return recording.Samples[i] * recording.Channels[channel].Scale;
        }
    }

    private static double XOf(Recording recording, int sample) => Left + ((double)sample / Math.Max(1, recording.SampleCount) * PlotWidth);

    private static string ColourOf(int index) => Colours[index % Colours.Length];

    private static void AppendText(StringBuilder svg, double x, double y, string text) =>
        svg.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\">{Escape(text)}</text>\n"));

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
