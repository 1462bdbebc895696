using NanoFormer.Data.Faults;
using NanoFormer.Model;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>The same network trained again on data that is parted otherwise, for the card alone.</summary>
public sealed class OtherSplitsTests : TorchTests
{
    private static readonly OtherSplitOptions Ann = new() { Name = "ann", Set = ["data.csv.testSubjects=[\"ann\"]"] };
    private static readonly OtherSplitOptions Bob = new() { Name = "bob", Why = "Bob walks.", Set = ["data.csv.testSubjects=[\"bob\"]"] };

    [Fact]
    public void A_split_has_the_figures_of_a_training_of_its_own_and_the_image_those_of_one_without()
    {
        using var fixture = new CsvFixture(With(Ann, Bob));
        var request = fixture.Request(fixture.Output) with { Seed = 2 };

        var card = Run(request);
        string alone = Path.Combine(fixture.Folder, "alone");
        var own = Run(request with { OutputFolder = alone, Overrides = ["otherSplits=[]", .. Bob.Set] });
        var without = Run(request with { OutputFolder = Path.Combine(fixture.Folder, "without"), Overrides = ["otherSplits=[]"] });

        Assert.Equal(["ann", "bob"], card.OtherSplits.Select(other => other.Name));
        var split = card.OtherSplits[1];
        var result = Assert.Single(split.Seeds);
        Assert.Equal(("bob", "Bob walks.", own.Split, own.Test.Windows), (split.Name, split.Why, split.Split, split.Windows));
        Assert.Equal((2, own.Test.Int8Accuracy, own.Test.Int8MacroF1), (result.Seed, result.Int8Accuracy, result.Int8MacroF1));
        Assert.Equal(PairsInOrder(alone, TrainingData.Load(CsvFixture.Config, fixture.CsvPath, validate: true).Test), result.MacroAuc!.Value, 5);
        Assert.Equal(without.ImageCrc32, card.ImageCrc32);
        Assert.Empty(without.OtherSplits);
        string page = File.ReadAllText(Path.Combine(fixture.Output, TrainingRun.PageFile));
        Assert.Contains("## Other splits", page, StringComparison.Ordinal);
        Assert.Contains("**bob**: Bob walks. Parted by subject:", page.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_of_a_model_with_a_score_has_its_alarms_and_needs_no_window_of_every_class()
    {
        var config = CsvFixture.Config with
        {
            Architecture = Architectures.Of("classes and reconstruction") with { Classes = false },
            OtherSplits = [Bob],
        };
        using var fixture = new CsvFixture(config);
        File.WriteAllLines(fixture.CsvPath, File.ReadAllLines(fixture.CsvPath).Select(line => line.EndsWith(",bob", StringComparison.Ordinal) ? line.Replace("FAST", "SLOW", StringComparison.Ordinal) : line));
        var request = fixture.Request(fixture.Output);

        var card = Run(request);
        var own = Run(request with { OutputFolder = Path.Combine(fixture.Folder, "alone"), Overrides = ["otherSplits=[]", .. Bob.Set] });

        var result = Assert.Single(Assert.Single(card.OtherSplits).Seeds);
        Assert.NotNull(result.HealthyAlarms);
        Assert.Equal(own.Test.Alarms, result.HealthyAlarms);
    }

    [Fact]
    public void Where_labels_tell_anomalies_the_healthy_windows_alone_are_counted_and_injected_faults_have_their_area()
    {
        var scored = Architectures.Of("classes and reconstruction");
        using var fixture = new CsvFixture(CsvFixture.Config with
        {
            Architecture = scored with { Classes = false, Score = scored.Score! with { AlarmPercentile = 75 } },
            Faults = new FaultTrainingOptions { Injection = new FaultOptions { Deviations = [0.5, 0.3, 0.2] } },
            OtherSplits = [Bob],
        });
        File.WriteAllText(fixture.CsvPath, File.ReadAllText(fixture.CsvPath)
            .Replace("SLOW", "normal", StringComparison.Ordinal).Replace("FAST", "anomaly", StringComparison.Ordinal));
        var request = fixture.Request(fixture.Output);

        var card = Run(request);
        var own = Run(request with { OutputFolder = Path.Combine(fixture.Folder, "alone"), Overrides = ["otherSplits=[]", .. Bob.Set] });

        var result = Assert.Single(Assert.Single(card.OtherSplits).Seeds);
        Assert.NotEqual(own.Test.Alarms, result.HealthyAlarms);
        Assert.Equal(own.Test.Detection!.ToCounts().FalseAlarmRate, result.HealthyAlarms!.Value, 6);
        Assert.Equal(own.Test.Faults![^1].Auc, result.FaultAuc);
    }

    [Fact]
    public void The_card_of_a_model_that_is_there_gets_them_and_the_model_stays()
    {
        using var fixture = new CsvFixture();
        var request = fixture.Request(fixture.Output);
        var before = Run(request);
        byte[] image = File.ReadAllBytes(Path.Combine(fixture.Output, TrainingRun.ImageFile));
        File.WriteAllText(fixture.ConfigPath, (With(Bob) with { Use = "none." }).ToJson());

        TrainingRun.ExecuteOtherSplits(request with { Seeds = 2 }, cancellation: TestContext.Current.CancellationToken);

        var after = ModelCard.Parse(File.ReadAllText(Path.Combine(fixture.Output, TrainingRun.CardFile)));
        Assert.Equal([1, 2], Assert.Single(after.OtherSplits).Seeds.Select(seed => seed.Seed));
        Assert.Equal((before with { Use = "none.", OtherSplits = after.OtherSplits }).ToJson(), after.ToJson());
        Assert.Equal(image, File.ReadAllBytes(Path.Combine(fixture.Output, TrainingRun.ImageFile)));
        Assert.False(Directory.Exists(Path.Combine(fixture.Output, TrainingRun.CheckpointFolder)));
        var fault = Assert.Throws<ConfigException>(() => TrainingRun.ExecuteOtherSplits(
            request with { OutputFolder = fixture.Folder }, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("go into the card of 'tiny', which is not in", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_trains_none()
    {
        using var fixture = new CsvFixture(With(Bob));

        Assert.Empty(Run(fixture.Request(fixture.Output) with { Validate = true }).OtherSplits);
    }

    [Fact]
    public void What_is_done_of_a_split_outlives_a_stop()
    {
        using var fixture = new CsvFixture(With(Bob));
        var request = fixture.Request(fixture.Output);
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => TrainingRun.Execute(
            request, new Listener(step => { if (step is { Split: "bob", Phase: TrainingPhase.Float }) { stop.Cancel(); } }), stop.Token));
        List<(string?, TrainingPhase)> steps = [];
        TrainingRun.Execute(
            request with { Resume = true }, new Listener(step => steps.Add((step.Split, step.Phase))), TestContext.Current.CancellationToken);

        Assert.Equal([("bob", TrainingPhase.Quantization)], steps.Where(step => step.Item2 != TrainingPhase.Evaluation));
    }

    [Fact]
    public void Where_a_class_is_judged_that_was_not_learnt_there_are_no_figures_on_classes()
    {
        using var fixture = new CsvFixture(With(new OtherSplitOptions
        {
            Name = "fast",
            Set = ["data.csv.testSubjects=[]", "data.csv.testClasses=[\"FAST\"]"],
        }));

        var split = Assert.Single(Run(fixture.Request(fixture.Output)).OtherSplits);

        Assert.True(split.Windows > 0);
        Assert.Equal(new OtherSplitResult(1, null, null, null, null, null, null), Assert.Single(split.Seeds));
    }

    [Theory]
    [InlineData("floatTraining.epochs=2", "otherSplits 'other': set must change data, augmentation or architecture, not 'floatTraining.epochs=2'")]
    [InlineData("data.csv.windowSamples=0", "otherSplits 'other': data.csv.windowSamples ")]
    [InlineData("data.csv.testClasses=[\"FAST\"]", "otherSplits 'other': data.csv.testClasses goes without testSubjects")]
    public void A_split_that_cannot_be_is_refused_by_name(string setting, string message)
    {
        var fault = Assert.Throws<ConfigException>(() => Parse(setting));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.csv.classGroups={\"MOVING\":[\"RUN\"]}", "otherSplits 'other': data.csv.classGroups names 'RUN'")]
    [InlineData("data.csv.testSubjects=[\"dan\"]", "otherSplits 'other': data.csv.testSubjects must leave windows")]
    public void A_split_that_does_not_fit_the_data_is_refused_before_anything_is_trained(string setting, string message)
    {
        using var fixture = new CsvFixture(Parse(setting));

        var fault = Assert.Throws<ConfigException>(() => TrainingRun.Execute(
            fixture.Request(fixture.Output), new Listener(_ => Assert.Fail("trained")), TestContext.Current.CancellationToken));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_is_learnt_and_not_judged_is_refused()
    {
        using var fixture = new CsvFixture(With(Bob));
        int rows = 2 * Samples.WindowSamples;
        File.WriteAllLines(fixture.CsvPath, File.ReadAllLines(fixture.CsvPath).Select((line, i) => i <= rows ? line.Replace("SLOW", "REST", StringComparison.Ordinal) : line));

        var fault = Assert.Throws<ConfigException>(() => Run(fixture.Request(fixture.Output)));

        Assert.Contains("otherSplits 'bob': set leaves no window to judge 'REST' by", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_one_name_are_refused() => Assert.Contains("otherSplits must have a name each",
        Assert.Throws<ConfigException>(() => TrainingConfig.Parse((CsvFixture.Config with { OtherSplits = [Bob, Bob] }).ToJson())).Message, StringComparison.Ordinal);

    private static ModelCard Run(TrainingRequest request) => TrainingRun.Execute(request, cancellation: TestContext.Current.CancellationToken);

    private static TrainingConfig With(params OtherSplitOptions[] splits) => TrainingConfig.Parse((CsvFixture.Config with { OtherSplits = splits }).ToJson());

    private static TrainingConfig Parse(string setting) => With(new OtherSplitOptions { Name = "other", Set = [setting] });

    /// <summary>By pairs: how often a window of a class gets a higher probability of it than one of the rest; ties count half.</summary>
    private static double PairsInOrder(string folder, Data.WindowSet windows)
    {
        var graph = ImageReader.Read(File.ReadAllBytes(Path.Combine(folder, TrainingRun.ImageFile))).Graph;
        var executor = new ReferenceExecutor(graph);
        sbyte[][] outputs = [.. Enumerable.Range(0, windows.Count).Select(i => executor.Run(windows.Window(i).ToArray()))];
        return Enumerable.Range(0, 2).Average(c =>
            (from own in Enumerable.Range(0, windows.Count)
             where windows.Labels[own] == c
             from other in Enumerable.Range(0, windows.Count)
             where windows.Labels[other] != c
             select outputs[own][c] > outputs[other][c] ? 1 : outputs[own][c] == outputs[other][c] ? 0.5 : 0).Average());
    }
}
