using System.Globalization;
using NanoFormer.Data.Preparation;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace NanoFormer.Data.Inspection;

/// <summary>
/// Draws a recording as one SVG file: a panel per unit with its channels over time, and a band with the labels. Long recordings are
/// drawn as the range of values under each pixel, so that no spike gets lost.
/// </summary>
public static class SignalPlot
{
    private const string Band = "labels";
    private const double Gap = 0.03; // between panels, of the whole height
    private const double TitleDistance = 16;

    /// <summary>The text of the SVG file.</summary>
    public static string Draw(Recording recording)
    {
        string[] units = recording.Channels.Select(channel => channel.Unit).Distinct().ToArray();
        double panel = 1 / (units.Length + 0.15); // the band of labels takes the rest
        var plot = new PlotModel
        {
            Title = Title(recording),
            TitleFontSize = 14,
            Background = OxyColors.White,
            DefaultFont = "Arial", // in which the exporter measures
            Culture = CultureInfo.InvariantCulture,
        };
        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.RightTop,
            LegendPadding = 24, // a browser may draw it in a wider font
        });
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = "seconds",
            AxisTitleDistance = TitleDistance / 2,
            Minimum = 0,
            Maximum = SecondsAt(recording, Math.Max(1, recording.SampleCount)),
        });
        AddBand(plot, recording, units.Length * panel);
        foreach (var (i, unit) in units.Index())
        {
            AddPanel(plot, recording, unit, (units.Length - i - 1) * panel, (units.Length - i) * panel - Gap);
        }

        return SvgExporter.ExportToString(plot, width: 1200, height: 100 + (units.Length * 160), isDocument: false);
    }

    private static string Title(Recording recording)
    {
        string subject = recording.Subject.Length > 0 ? $", subject {recording.Subject}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{recording.Name}{subject}: {recording.SampleCount} samples at {recording.RateHz:0.####} Hz");
    }

    private static void AddBand(PlotModel plot, Recording recording, double from)
    {
        plot.Axes.Add(new LinearAxis
        {
            Key = Band,
            Position = AxisPosition.Left,
            StartPosition = from,
            Minimum = 0,
            Maximum = 1,
            IsAxisVisible = false,
        });
        var runs = LabelRun.Of(recording.Labels ?? []).Where(run => run.Label != Recording.Unlabelled);
        foreach (var label in runs.GroupBy(run => run.Label).OrderBy(label => label.Key))
        {
            var series = new RectangleBarSeries
            {
                Title = recording.ClassNames[label.Key],
                SeriesGroupName = Band,
                YAxisKey = Band,
                FillColor = OxyColor.FromAColor(120, plot.DefaultColors[label.Key % plot.DefaultColors.Count]),
                StrokeThickness = 0,
            };
            foreach (var run in label)
            {
                series.Items.Add(new RectangleBarItem(SecondsAt(recording, run.Begin), 0, SecondsAt(recording, run.End), 1));
            }

            plot.Series.Add(series);
        }
    }

    private static void AddPanel(PlotModel plot, Recording recording, string unit, double from, double to)
    {
        plot.Axes.Add(new LinearAxis
        {
            Key = unit,
            Position = AxisPosition.Left,
            Title = unit,
            AxisTitleDistance = TitleDistance,
            StartPosition = from,
            EndPosition = to,
            MajorGridlineStyle = LineStyle.Dot,
        });
        foreach (var (index, channel) in recording.Channels.Index().Where(channel => channel.Item.Unit == unit))
        {
            plot.Series.Add(new LineSeries
            {
                Title = channel.Name,
                SeriesGroupName = unit,
                YAxisKey = unit,
                StrokeThickness = 1,
                Decimator = Decimator.Decimate,
                ItemsSource = Enumerable.Range(0, recording.SampleCount).Select(sample => new DataPoint(
                    SecondsAt(recording, sample), recording.Samples[(sample * recording.Channels.Count) + index] * channel.Scale)).ToArray(),
            });
        }
    }

    private static double SecondsAt(Recording recording, int sample) => sample / recording.RateHz;
}
