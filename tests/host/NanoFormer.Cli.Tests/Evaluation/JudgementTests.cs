using NanoFormer.Cli.Evaluation;
using NanoFormer.Data;
using NanoFormer.Evaluation;

namespace NanoFormer.Cli.Tests.Evaluation;

public class JudgementTests
{
    [Fact]
    public void Outputs_in_int8_are_probabilities_and_scores()
    {
        using var engine = new ScoringEngine(alarmThreshold: -28);
        sbyte[][] outputs = EngineOutputs.Of(engine, Windows(["high"], 0, -5, 7), _ => { });
        var predictions = Predictions.Of(engine.Info, ["high", "other", "low"], outputs);

        Assert.Equal([2, 0], predictions.Classes);
        Assert.Equal([228 / 256.0, 228 / 256.0], predictions.Confidences);
        Assert.Equal([5, 7], predictions.Scores);
    }

    [Fact]
    public void Outputs_of_a_float_network_are_taken_as_they_are()
    {
        using var engine = new ScoringEngine(alarmThreshold: 0);
        var predictions = Predictions.Of(engine.Info, ["low", "high"], [[0.25f, 0.75f, 3.5f], [0.5f, 0.5f, -1]]);

        Assert.Equal([1, 0], predictions.Classes);
        Assert.Equal([0.75, 0.5], predictions.Confidences);
        Assert.Equal([3.5, -1], predictions.Scores);
    }

    /// <summary>Of three windows right, right, wrong the first two are of subject 10 and the last of subject 9, who comes first.</summary>
    [Fact]
    public void Classes_are_judged_as_a_whole_and_by_subject()
    {
        var windows = Windows(["low", "high"], [0, 1, 1], ["10", "10", "9"]);
        var result = ClassResult.Of(windows, new Predictions([0, 1, 0], [0.9, 0.8, 0.7], []))!;

        Assert.Equal(2, result.Matrix.Correct);
        Assert.Equal([new SubjectResult("9", 1, 0), new SubjectResult("10", 2, 2)], result.Subjects);
        Assert.Equal(new CoveragePoint(0.75, 2.0 / 3, 1), result.Coverage.At(0.75));
    }

    /// <summary>Normal windows score 1 and 5, anomalous ones 4 and 9; the window with another label does not count.</summary>
    [Fact]
    public void Scores_are_judged_where_labels_tell_normal_from_anomaly()
    {
        var windows = Windows(["NORMAL", "Anomaly", "change"], [0, 1, 0, 1, 2], ["a", "a", "a", "a", "a"]);
        var judgement = Judgement.Of(windows, new Predictions([], [], [1, 4, 5, 9, 100]), alarmScore: 5);

        Assert.Null(judgement.Classes);
        Assert.Equal(0.75, judgement.Anomalies!.Roc.Area, 12);
        Assert.Equal(new DetectionCounts(1, 1, 1, 1), judgement.Anomalies.AtAlarm);
        Assert.Equal(0.6, judgement.AlarmRate!.Value, 12);
        Assert.Equal(0.75, judgement.Merit!.Value, 12);
    }

    [Fact]
    public void Other_labels_say_nothing_of_a_score()
    {
        var judgement = Judgement.Of(Windows(["low", "high"], [0, 1], ["a", "a"]), new Predictions([], [], [1, 2]));

        Assert.Null(judgement.Anomalies);
        Assert.Null(judgement.AlarmRate);
        Assert.Null(judgement.Merit);
    }

    /// <summary>A dead channel makes every answer "high" and every score 0.</summary>
    [Fact]
    public void Robustness_runs_the_engine_on_perturbed_windows()
    {
        using var engine = new ScoringEngine(alarmThreshold: -118);
        var windows = Windows(["low", "high"], 0, -50, 50);
        var table = RobustnessTable.Measure(engine, windows, [], AlarmRule.At(ModelEvaluation.AlarmScore(engine.Info)), _ => { });
        var dead = Assert.Single(table.Rows, row => row.Perturbation == "dead axis");

        Assert.Equal((1, 1), (table.Clean.Accuracy, table.Clean.AlarmRate));
        Assert.Equal((0.5, 0), (dead.Accuracy, dead.AlarmRate));
        Assert.Equal(RobustnessTable.CountRows(windows, []), 1 + table.Rows.Count);
    }

    /// <summary>Windows of four equal samples, one for each value, labelled alternately.</summary>
    private static WindowSet Windows(string[] classNames, int firstLabel, params short[] values)
    {
        int[] labels = [.. values.Select((_, i) => (firstLabel + i) % classNames.Length)];
        return Windows(classNames, labels, [.. values.Select(_ => "a")], [.. values.SelectMany(value => Enumerable.Repeat(value, 4))]);
    }

    private static WindowSet Windows(string[] classNames, int[] labels, string[] subjects, short[]? samples = null) => new()
    {
        WindowSamples = 4,
        RateHz = 1,
        Channels = [new ChannelInfo("u", "V", 1)],
        ClassNames = classNames,
        Samples = samples ?? new short[4 * labels.Length],
        Labels = labels,
        Subjects = subjects,
    };
}
