using NanoFormer.Energy.Figures;

namespace NanoFormer.Energy.Tests;

public sealed class FigureTests
{
    private const int Guard = 3;

    [Theory]
    [InlineData(250, 12, 0)] // scatter alone
    [InlineData(150, 60, 0.5)] // both
    [InlineData(150, 60, 3)] // the instrument above all
    public void The_interval_covers_the_truth_as_often_as_it_says(int trials, int inferences, double gainPercent)
    {
        int covered = Enumerable.Range(0, trials).AsParallel().Count(seed =>
        {
            var figure = Figure(new SyntheticTrace(seed, inferences, gainPercent), gainPercent);
            return Math.Abs(figure.Mean - SyntheticTrace.TrueJoules) <= figure.HalfWidth;
        });

        // 95 %, and three standard deviations of the count.
        double slack = 3 * Math.Sqrt(0.95 * 0.05 / trials);
        Assert.InRange(covered / (double)trials, 0.95 - slack, 0.95 + slack);
    }

    [Fact]
    public void A_thousand_traces_are_covered_in_93_to_97_percent_and_six_times_better_than_by_averaging_all()
    {
        var trials = Enumerable.Range(1000, 1000).AsParallel().Select(seed =>
        {
            var figure = Figure(new SyntheticTrace(seed, 40, 0.2), 0.2);
            return (Error: figure.Mean - SyntheticTrace.TrueJoules, figure.HalfWidth, Whole: figure.WholeWindow - SyntheticTrace.TrueJoules);
        }).ToArray();

        Assert.InRange(trials.Count(trial => Math.Abs(trial.Error) <= trial.HalfWidth) / 1000.0, 0.93, 0.97);
        var (ours, whole) = (RootMeanSquare(trials.Select(trial => trial.Error)), RootMeanSquare(trials.Select(trial => trial.Whole)));
        Assert.True(whole / ours >= 6, $"{whole / ours} times");
        TestContext.Current.SendDiagnosticMessage($"coverage {trials.Count(trial => Math.Abs(trial.Error) <= trial.HalfWidth) / 10.0} %, {whole / ours} times less");
    }

    [Fact]
    public void Without_faults_the_energy_is_exact()
    {
        var figure = Figure(new SyntheticTrace(1, 50, isFaulty: false), null);

        Assert.InRange(figure.Mean / SyntheticTrace.TrueJoules, 0.999, 1.001);
        Assert.InRange(figure.Seconds, SyntheticTrace.InferenceSeconds * 0.999, SyntheticTrace.InferenceSeconds * 1.001);
        Assert.InRange(figure.IdleWatts / SyntheticTrace.IdleWatts, 0.999, 1.001);
        Assert.Equal(50, figure.Inferences.Count);
        Assert.Contains(figure.Findings, finding => finding.Name == "no_instrument");
    }

    [Fact]
    public void A_missed_marker_is_told_and_harms_neither_figure_nor_idle()
    {
        Segment[] segments = [.. Enumerable.Range(0, 21).SelectMany(i => i == 10
            ? new[] { new Segment(i, 1, 2.2, 100, false, true) } // an inference nobody marked
            : [new Segment(i, 0.6, 0.6, 60, false, true), new Segment(i + 0.6, 0.4, 1.6, 40, true, true)])];

        var figure = new EnergyFigure(segments, 40, new FigureSettings(1, true, null, 0, 1, 0, 1));

        Assert.Equal(1.2, figure.Mean, 9);
        Assert.Contains(figure.Findings, finding => finding.Name == "unmarked_work");
    }

    [Fact]
    public void Of_one_inference_there_is_a_figure_and_no_uncertainty()
    {
        var figure = new EnergyFigure([new(0, 1, 1, 10, false, true), new(1, 1, 3, 10, true, true), new(2, 1, 1, 10, false, true)], 5, new FigureSettings(1, true, null, 0, 1, 0, 1));

        Assert.Equal(2, figure.Mean);
        Assert.True(double.IsNaN(figure.HalfWidth));
        Assert.Null(figure.Needed);
    }

    private static EnergyFigure Figure(SyntheticTrace trace, double? gainPercent)
    {
        var segments = new Segmenter((_, pins, _) => (pins & 1) != 0, MarkerEdges.Level, Guard);
        foreach (var block in trace.Blocks())
        {
            segments.Take(block);
        }

        segments.End();
        return new EnergyFigure(segments.Segments, segments.TotalJoules, new FigureSettings(1, true, null, Guard * segments.Step, gainPercent, 0, 1));
    }

    private static double RootMeanSquare(IEnumerable<double> values) => Math.Sqrt(values.Average(value => value * value));
}
