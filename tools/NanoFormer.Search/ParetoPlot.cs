using NanoFormer.Search.Costs;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace NanoFormer.Search;

/// <summary>Accuracy against bytes of flash and against instructions, side by side: every trial, and the front in each.</summary>
public static class ParetoPlot
{
    private const int Width = 1100;
    private const int Height = 460;
    private const double Gap = 0.02;
    private const double Padding = 0.05; // markers at an edge would be cut
    private const double TitleDistance = 16;

    private static readonly OxyColor Grey = OxyColor.FromRgb(0xbb, 0xbb, 0xbb);
    private static readonly OxyColor Blue = OxyColor.FromRgb(0x1f, 0x77, 0xb4);
    private static readonly OxyColor Red = OxyColor.FromRgb(0xd6, 0x27, 0x28);

    private sealed record Panel(string Key, string Title, long? Limit, double From, double To, Func<CandidateCosts, double> CostOf);

    /// <summary>The text of the SVG file.</summary>
    public static string Draw(IReadOnlyList<Trial> trials, DeviceBudget budget)
    {
        Panel[] panels =
        [
            new("bytes", "bytes of flash", budget.FlashBytes, 0, 0.5 - Gap, costs => costs.ImageBytes),
            new("instructions", "instructions of a window", budget.Instructions, 0.5 + Gap, 1,
                costs => costs.Instructions ?? 0),
        ];
        var plot = new PlotModel
        {
            Title = "Accuracy on the validation subjects, int8 (blue: finalists and their front; grey: the others)",
            TitleFontSize = 14,
            Background = OxyColors.White,
            DefaultFont = "Arial", // in which the exporter measures
        };
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Title = "accuracy",
            AxisTitleDistance = TitleDistance,
            MinimumPadding = Padding,
            MaximumPadding = Padding,
            MajorGridlineStyle = LineStyle.Dot,
        });
        foreach (var panel in panels)
        {
            Add(plot, panel, trials);
        }

        return SvgExporter.ExportToString(plot, Width, Height, isDocument: false);
    }

    private static void Add(PlotModel plot, Panel panel, IReadOnlyList<Trial> trials)
    {
        plot.Axes.Add(new LinearAxis
        {
            Key = panel.Key,
            Position = AxisPosition.Bottom,
            Title = panel.Title,
            StartPosition = panel.From,
            EndPosition = panel.To,
            AxisTitleDistance = TitleDistance,
            Minimum = 0,
            Maximum = panel.Limit * (1 + Padding) ?? double.NaN,
            MaximumPadding = Padding,
            MajorGridlineStyle = LineStyle.Dot,
            StringFormat = "#,0",
        });
        var last = Standing.Last(trials);
        var earlier = trials.Where(trial => trial.Score is not null && last.All(one => one.Trial.Id != trial.Id))
            .Select(trial => new Standing(trial, trial.Score!));
        plot.Series.Add(Points(panel, earlier, Grey));
        plot.Series.Add(Points(panel, last, Blue));
        plot.Series.Add(Front(panel, last));
        if (panel.Limit is { } limit)
        {
            plot.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = limit,
                XAxisKey = panel.Key,
                Color = Red,
                Text = "budget",
                TextOrientation = AnnotationTextOrientation.Vertical,
                TextHorizontalAlignment = HorizontalAlignment.Right,
                TextVerticalAlignment = VerticalAlignment.Bottom,
            });
        }
    }

    private static ScatterSeries Points(Panel panel, IEnumerable<Standing> standings, OxyColor color) => new()
    {
        XAxisKey = panel.Key,
        MarkerType = MarkerType.Circle,
        MarkerSize = 4,
        MarkerFill = color,
        ItemsSource = standings.Select(one => new ScatterPoint(panel.CostOf(one.Trial.Costs), one.Score.Accuracy)).ToArray(),
    };

    /// <summary>The most that is reached at each cost: up at every trial that is better than all cheaper ones.</summary>
    private static LineSeries Front(Panel panel, IEnumerable<Standing> standings)
    {
        double best = 0.0;
        var points = new List<DataPoint>();
        foreach (var one in standings.OrderBy(one => panel.CostOf(one.Trial.Costs)).ThenByDescending(one => one.Score.Accuracy))
        {
            if (one.Score.Accuracy <= best && points.Count > 0)
            {
                continue;
            }

            best = one.Score.Accuracy;
            points.Add(new DataPoint(panel.CostOf(one.Trial.Costs), best));
        }

        return new LineSeries { XAxisKey = panel.Key, Color = Blue, ItemsSource = points };
    }
}
