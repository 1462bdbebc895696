using NanoFormer.Cli.Evaluation;
using NanoFormer.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace NanoFormer.Cli.Reports;

/// <summary>The plots of an evaluation.</summary>
internal static class EvaluationPlots
{
    private static readonly OxyColor Blue = OxyColor.FromRgb(0x1f, 0x77, 0xb4);
    private static readonly OxyColor Red = OxyColor.FromRgb(0xd6, 0x27, 0x28);

    private const double TitleDistance = 16;

    // Labels are measured in another font than the one a browser may draw them in.
    private static readonly OxyThickness LabelRoom = new(60, 8, 16, 24);

    /// <summary>Every plot there are figures for.</summary>
    public static IEnumerable<PlotModel> Of(ModelEvaluation evaluation)
    {
        if (evaluation.Integer.Classes is { } classes)
        {
            yield return Reliability(classes.Reliability);
            yield return Coverage(classes.Coverage, evaluation.Gate!);
            if (classes.Subjects.Count > 1)
            {
                (string, double)[] subjects = [.. classes.Subjects.Select(s => (s.Subject, s.Accuracy))];
                yield return Bars("Accuracy by subject", subjects, classes.Matrix.Accuracy);
            }
        }

        if (evaluation.Integer.Anomalies is { } anomalies)
        {
            yield return Roc(anomalies);
        }

        if (evaluation.Robustness is { Clean.Merit: { } clean } table)
        {
            string title = table.Clean.Accuracy is null ? "AUC under perturbations" : "Accuracy under perturbations";
            yield return Bars(title, [.. table.Rows.Select(row => (row.Title, row.Merit!.Value))], clean);
        }
    }

    private static PlotModel Reliability(ReliabilityCurve curve)
    {
        var plot = Unit("Reliability (dashed: as sure as right)", "confidence", "accuracy");
        var bars = new RectangleBarSeries { FillColor = OxyColor.FromAColor(120, Blue), StrokeThickness = 1 };
        foreach (var bin in curve.Bins.Where(bin => bin.Count > 0))
        {
            bars.Items.Add(new RectangleBarItem(bin.Low, 0, bin.High, bin.Accuracy));
        }

        plot.Series.Add(bars);
        plot.Series.Add(Line(OxyColors.Gray, LineStyle.Dash, [(0, 0), (1, 1)]));
        return plot;
    }

    private static PlotModel Coverage(CoverageCurve curve, CoveragePoint gate)
    {
        var plot = new PlotModel { Title = "Accuracy against coverage of the confidence gate" };
        (double Coverage, double Accuracy)[] points = [.. curve.Points.Select(point => (point.Coverage, point.Accuracy!.Value))];
        double lowest = Math.Min(0.95, points.Min(point => point.Accuracy));
        plot.Axes.Add(Axis(AxisPosition.Bottom, "coverage", 0, 1));
        plot.Axes.Add(Axis(AxisPosition.Left, "accuracy", lowest, 1));
        plot.Series.Add(Line(Blue, LineStyle.Solid, points));
        if (gate.Accuracy is { } accuracy)
        {
            plot.Annotations.Add(Mark(gate.Coverage, accuracy, "the model's gate", HorizontalAlignment.Right));
        }

        return plot;
    }

    private static PlotModel Roc(AnomalyResult anomalies)
    {
        var plot = Unit("Anomaly score (dashed: chance)", "false-alarm rate", "detection rate");
        var points = anomalies.Roc.Points.Select(point => (point.FalseAlarmRate, point.DetectionRate));
        plot.Series.Add(Line(Blue, LineStyle.Solid, points));
        plot.Series.Add(Line(OxyColors.Gray, LineStyle.Dash, [(0, 0), (1, 1)]));
        if (anomalies.AtAlarm is { } counts)
        {
            plot.Annotations.Add(Mark(counts.FalseAlarmRate, counts.Recall, "the alarm", HorizontalAlignment.Left));
        }

        return plot;
    }

    private static PlotModel Bars(string title, IReadOnlyList<(string Name, double Value)> bars, double reference)
    {
        var plot = new PlotModel { Title = title, Padding = LabelRoom };
        plot.Axes.Add(new CategoryAxis
        {
            Position = AxisPosition.Left,
            ItemsSource = bars.Select(bar => bar.Name).ToArray(),
            StartPosition = 1,
            EndPosition = 0,
            GapWidth = 0.3,
        });
        plot.Axes.Add(Axis(AxisPosition.Bottom, "", 0, 1));
        plot.Series.Add(new BarSeries { FillColor = Blue, ItemsSource = bars.Select(bar => new BarItem(bar.Value)).ToArray() });
        plot.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Vertical, X = reference, Color = Red });
        return plot;
    }

    private static PlotModel Unit(string title, string x, string y)
    {
        var plot = new PlotModel { Title = title };
        plot.Axes.Add(Axis(AxisPosition.Bottom, x, 0, 1));
        plot.Axes.Add(Axis(AxisPosition.Left, y, 0, 1));
        return plot;
    }

    private static LinearAxis Axis(AxisPosition position, string title, double low, double high) => new()
    {
        Position = position,
        Title = title,
        Minimum = low,
        Maximum = high,
        AxisTitleDistance = TitleDistance,
        MajorGridlineStyle = LineStyle.Dot,
    };

    private static PointAnnotation Mark(double x, double y, string text, HorizontalAlignment alignment) => new()
    {
        X = x,
        Y = y,
        Fill = Red,
        Size = 5,
        Text = text,
        TextHorizontalAlignment = alignment,
    };

    private static LineSeries Line(OxyColor color, LineStyle style, IEnumerable<(double X, double Y)> points) => new()
    {
        Color = color,
        LineStyle = style,
        ItemsSource = points.Select(point => new DataPoint(point.X, point.Y)).ToArray(),
    };
}
