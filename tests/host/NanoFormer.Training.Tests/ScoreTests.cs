using NanoFormer.Data;
using NanoFormer.Interchange;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Import;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;

namespace NanoFormer.Training.Tests;

/// <summary>Models that learn slow oscillation alone, and what they say of it with a vibration on top.</summary>
public sealed class ScoreTests : TorchTests
{
    [Theory]
    [InlineData(ScoreKind.Reconstruction, DistanceNorm.Absolute)]
    [InlineData(ScoreKind.Reconstruction, DistanceNorm.Squared)]
    [InlineData(ScoreKind.Forecast, DistanceNorm.Absolute)]
    public void Windows_with_a_fault_score_higher(ScoreKind kind, DistanceNorm norm)
    {
        var config = Samples.Config with
        {
            Architecture = Samples.Config.Architecture with
            {
                Classes = false,
                Attention = new AttentionOptions { Causal = kind == ScoreKind.Forecast },
                Score = new ScoreOptions { Kind = kind, PatchSamples = 4, Norm = norm, AlarmPercentile = 98 },
            },
        };
        var normal = Normal(100, seed: 3);

        var model = new Trainer(config).Run(
            new TrainingData("made up", "by chance", Normal(256, seed: 1), normal, null), seed: 1,
            cancellation: TestContext.Current.CancellationToken);
        int[] usual = Scores(model.Graph, normal);
        int[] faulty = Scores(model.Graph, WithVibration(normal));

        Assert.True(AreaUnderCurve(usual, faulty) > 0.98, $"area under the curve {AreaUnderCurve(usual, faulty)}");
        Assert.Null(model.Test.Integer);
        Assert.Equal(["anomaly"], model.Graph.Labels);
        Assert.InRange(usual.Max(), -120, 0); // the output's range is used, and there is room above
        Assert.InRange(model.Test.Alarms!.Value, 0, 0.1);
        Assert.True(faulty.Average(score => score >= model.Graph.AlarmThreshold ? 1.0 : 0) > 0.9);
    }

    [Fact]
    public void The_alarm_is_set_by_subjects_that_nothing_was_learnt_from()
    {
        using var fixture = new CsvFixture(CsvFixture.Config with
        {
            Data = CsvFixture.Config.Data with { ValidationSubjects = [], AlarmSubjects = ["bob"] },
            Architecture = Architectures.Of("classes and reconstruction") with { Score = Architectures.Of("classes and reconstruction").Score! with { AlarmPercentile = 75 } },
        });
        var config = TrainingConfig.Load(fixture.ConfigPath);
        var data = TrainingData.Load(config, fixture.CsvPath, validate: false);

        var model = new Trainer(config).Run(data, seed: 1, cancellation: TestContext.Current.CancellationToken);

        int[] scores = [.. Scores(model.Graph, data.Alarm!).Order()];
        Assert.Equal(["ann"], data.Train.Subjects.Distinct());
        Assert.Equal(["bob"], data.Alarm!.Subjects.Distinct());
        Assert.Contains("; 1 more to set the alarm", data.SplitDescription, StringComparison.Ordinal);
        Assert.Equal(scores[(int)Math.Ceiling(0.75 * scores.Length) - 1] + 1, model.Graph.AlarmThreshold);
        Assert.DoesNotContain(DataWarnings.Of(config, data), warning => warning.Contains("alarmSubjects", StringComparison.Ordinal));
        Assert.Contains(DataWarnings.Of(config, data with { Alarm = null }), warning => warning.Contains("alarmSubjects", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cid")] // of the test
    [InlineData("bob")] // of the validation
    [InlineData("dan")]
    public void Alarm_subjects_that_cannot_be_held_out_are_refused(string subject)
    {
        using var fixture = new CsvFixture(CsvFixture.Config with
        {
            Data = CsvFixture.Config.Data with { AlarmSubjects = [subject] },
            Architecture = Architectures.Of("classes and reconstruction"),
        });

        var fault = Assert.Throws<ConfigException>(
            () => TrainingData.Load(TrainingConfig.Load(fixture.ConfigPath), fixture.CsvPath, validate: false));

        Assert.Contains("data.alarmSubjects", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DistanceNorm.Absolute)]
    [InlineData(DistanceNorm.Squared)]
    public void Weights_saved_and_read_back_give_the_same_score(DistanceNorm norm)
    {
        var plain = Architectures.Of("classes and reconstruction");
        var config = Samples.Config.WithEpochs(1) with { Architecture = plain with { Score = plain.Score! with { Norm = norm } } };
        var windows = Samples.Windows(8, seed: 5);
        using var physical = new WindowTensors(windows);

        var model = new Trainer(config).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);
        var saved = SafetensorsFile.Parse(new SafetensorsFile(model.Weights).ToBytes()).Tensors;
        var restored = EncoderWeights.ToNetwork(config, saved, Samples.WindowSamples);

        Assert.All(StraightThrough.Values(physical.Values).Chunk(windows.WindowValues), window => Assert.All(
            FloatEvaluator.Run(model.FloatNetwork!, window).Zip(FloatEvaluator.Run(restored, window)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6)));
    }

    [Fact]
    public void A_training_goes_on_from_the_score_that_was_saved()
    {
        var config = Samples.Config.WithEpochs(1) with { Architecture = Architectures.Of("classes and reconstruction") };
        var none = config with { FloatTraining = config.FloatTraining with { LearningRate = 1e-8, WeightDecay = 0 } };

        var first = new Trainer(config).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);
        var second = new Trainer(none).Run(Samples.Data, [1], first.Weights, cancellation: TestContext.Current.CancellationToken);

        Assert.All(Told(first).Zip(Told(second)), values => Assert.Equal(values.First, values.Second, 1e-4));
    }

    /// <summary>The weights of the score without its gain, which every training fits again.</summary>
    private static IEnumerable<float> Told(TrainedModel model) =>
        model.Weights["reconstruction.weight"].Values.Select(value => value / model.Weights["scoreGain"].Values[0]);

    private static WindowSet Normal(int count, int seed)
    {
        var windows = Samples.Windows(2 * count, seed);
        return windows.Where(i => windows.Labels[i] == 0);
    }

    /// <summary>Half a g at 9 cycles per window on the first channel.</summary>
    private static WindowSet WithVibration(WindowSet windows)
    {
        var shaken = windows.Take([.. Enumerable.Range(0, windows.Count)]);
        for (int i = 0; i < shaken.Samples.Length; i += shaken.Channels.Count)
        {
            shaken.Samples[i] += (short)(4096 * Math.Sin(2 * Math.PI * 9 * (i / shaken.Channels.Count) / Samples.WindowSamples));
        }

        return shaken;
    }

    private static int[] Scores(Graph graph, WindowSet windows)
    {
        var executor = new ReferenceExecutor(graph);
        return [.. Enumerable.Range(0, windows.Count).Select(i => (int)executor.Run(windows.Window(i).ToArray())[^1])];
    }

    /// <summary>The part of all pairs in which the faulty window scores higher; equal scores count half.</summary>
    private static double AreaUnderCurve(int[] usual, int[] faulty) =>
        usual.Average(u => faulty.Average(f => f > u ? 1 : f == u ? 0.5 : 0));
}
