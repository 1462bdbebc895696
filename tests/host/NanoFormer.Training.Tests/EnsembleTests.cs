using NanoFormer.Data;
using NanoFormer.Interchange;
using NanoFormer.Model;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

public sealed class EnsembleTests : TorchTests
{
    private static readonly TrainingConfig Config = Samples.Config.WithEpochs(1);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_image_answers_with_the_mean_of_what_each_network_says(int count)
    {
        double rounding = Enumerable.Range(2, count - 1).Sum(sum => 0.5 * sum / count) + 0.01; // half a step at every sum
        var windows = Samples.Windows(24, seed: 5).Concat(Samples.Noise(8, seed: 6));
        int[] seeds = [.. Enumerable.Range(1, count)];
        sbyte[][][] alone = [.. seeds.Select(seed => Answers(Train(Config, seed).Graph, windows))];

        var together = Train(Config with { Ensemble = count }, 1);
        sbyte[][] answers = Answers(ImageReader.Read(ImageWriter.Write(together.Graph)).Graph, windows);

        Assert.True(alone.Select(one => string.Join(',', one.SelectMany(row => row))).Distinct().Count() > 1, "the networks are one");
        Assert.All(answers.Index(), row => Assert.All(row.Item.Index(), value =>
            Assert.Equal(alone.Average(one => (double)one[row.Index][value.Index]), value.Item, rounding)));
        Assert.Equal(1, together.Test.Agreement.SameOutputs);
        Assert.Equal(count * Train(Config, 1).Parameters, together.Parameters);
    }

    [Fact]
    public void Its_float_twin_adds_the_networks_probabilities_up()
    {
        float[] window = [.. Enumerable.Range(0, 3 * Samples.WindowSamples).Select(i => MathF.Sin(i))];
        FloatNetwork[] alone = [.. new[] { 1, 2 }.Select(seed => Train(Config, seed).FloatNetwork!)];

        var together = Train(Config with { Ensemble = 2 }, 1).FloatNetwork!;

        float[] expected = [.. FloatEvaluator.Run(alone[0], window).Zip(FloatEvaluator.Run(alone[1], window), (a, b) => a + b)];
        Assert.All(FloatEvaluator.Run(together, window).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void It_costs_a_run_of_each_network_and_hardly_more_memory()
    {
        var one = ModelCosts.Of(Config, Samples.Data.Train);
        var two = ModelCosts.Of(Config with { Ensemble = 2 }, Samples.Data.Train);

        Assert.Equal(2 * one.Macs, two.Macs);
        Assert.InRange(two.ImageBytes, 1.5 * one.ImageBytes, 2 * one.ImageBytes);
        Assert.InRange(two.ArenaBytes, one.ArenaBytes, one.ArenaBytes + 64);
    }

    [Fact]
    public void Each_line_of_a_card_is_the_networks_of_neighbouring_seeds()
    {
        using var fixture = new CsvFixture();
        var request = fixture.Request(fixture.Output) with { Overrides = ["ensemble=2"] };

        var card = TrainingRun.Execute(request with { Seeds = 3 }, cancellation: TestContext.Current.CancellationToken);
        var data = TrainingData.Load(CsvFixture.Config, fixture.CsvPath, validate: false);
        double?[] expected = [.. new int[][] { [1, 2], [2, 3], [3, 1] }.Select(seeds => CardResult.From(
            new Trainer(CsvFixture.Config).Run(data, seeds, cancellation: TestContext.Current.CancellationToken).Test).Int8Accuracy)];

        Assert.Equal(2, card.Ensemble);
        Assert.Equal(expected, card.Seeds.Select(seed => seed.Int8Accuracy));
        string page = File.ReadAllText(Path.Combine(fixture.Output, TrainingRun.PageFile)).ReplaceLineEndings(" ");
        Assert.Contains("| networks | 2, which answer together", page, StringComparison.Ordinal);
        Assert.Contains("A line is 2 networks together: of its seed and the next, after the last that of the first.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_network_goes_on_from_its_own_weights()
    {
        using var fixture = new CsvFixture();
        string weights = Path.Combine(fixture.Output, TrainingRun.WeightsFile);
        TrainingRun.Execute(fixture.Request(fixture.Output) with { Overrides = ["ensemble=2"] }, cancellation: TestContext.Current.CancellationToken);
        var saved = SafetensorsFile.Parse(File.ReadAllBytes(weights)).Tensors;

        TrainingRun.Execute(
            fixture.Request(Path.Combine(fixture.Folder, "again")) with
            {
                Overrides = ["ensemble=2", "floatTraining.learningRate=1e-8", "floatTraining.weightDecay=0"],
                Weights = weights,
            }, cancellation: TestContext.Current.CancellationToken);
        var again = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(fixture.Folder, "again", TrainingRun.WeightsFile))).Tensors;

        Assert.NotEqual(saved["head.weight"].Values, saved["network2.head.weight"].Values);
        Assert.All(["head.weight", "network2.head.weight"], name =>
            Assert.All(saved[name].Values.Zip(again[name].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4)));
    }

    [Theory]
    [InlineData("classes and reconstruction")]
    [InlineData("causal")]
    public void What_has_no_mean_of_probabilities_or_a_state_is_refused(string architecture)
    {
        var refusal = Assert.Throws<ConfigException>(() => TrainingConfig.Parse(
            (Config with { Architecture = Architectures.Of(architecture), Ensemble = 2 }).ToJson()));

        Assert.Equal(ConfigError.Mismatch, refusal.Error);
        Assert.Contains("ensemble", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_image_can_hold_is_refused_before_it_is_trained()
    {
        using var fixture = new CsvFixture();
        var block = CsvFixture.Config.Architecture.Blocks[0];
        string blocks = string.Join(',', Enumerable.Repeat($$"""{"heads":{{block.Heads}},"headColumns":{{block.HeadColumns}},"feedForward":8}""", 8));
        var steps = new List<TrainingProgress>();

        Assert.Throws<ModelImageException>(() => TrainingRun.Execute(
            fixture.Request(fixture.Output) with { Overrides = ["ensemble=4", $"architecture.blocks=[{blocks}]"] },
            new Listener(steps.Add), TestContext.Current.CancellationToken));

        Assert.Empty(steps);
    }

    private static TrainedModel Train(TrainingConfig config, int seed) =>
        new Trainer(config).Run(Samples.Data, seed, TestContext.Current.CancellationToken);

    private static sbyte[][] Answers(Graph graph, WindowSet windows)
    {
        var executor = new ReferenceExecutor(graph);
        return [.. Enumerable.Range(0, windows.Count).Select(i => executor.Run(windows.Window(i).ToArray()))];
    }
}
