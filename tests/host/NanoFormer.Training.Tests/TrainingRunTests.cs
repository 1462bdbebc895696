using NanoFormer.Data;
using NanoFormer.Interchange;
using NanoFormer.Model;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Import;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

public sealed class TrainingRunTests : TorchTests
{
    private static readonly TrainingConfig Pruned = CsvFixture.Config with
    {
        Pruning = new PruningOptions { Heads = 0.5, FeedForward = 0.25, Steps = 1, Epochs = 1, LearningRate = 0.001 },
    };

    [Fact]
    public void A_run_on_csv_leaves_image_card_and_page()
    {
        using var fixture = new CsvFixture();
        string output = fixture.Output;

        var card = TrainingRun.Execute(fixture.Request(output), cancellation: TestContext.Current.CancellationToken);
        var image = ImageReader.Read(File.ReadAllBytes(Path.Combine(output, TrainingRun.ImageFile)));
        string page = File.ReadAllText(Path.Combine(output, TrainingRun.PageFile));

        Assert.Equal(card.ToJson(), ModelCard.Parse(File.ReadAllText(Path.Combine(output, TrainingRun.CardFile))).ToJson());
        Assert.Equal("tiny", image.Graph.ModelId);
        Assert.Equal(["FAST", "SLOW"], image.Graph.Labels);
        Assert.Equal(image.ImageBytes, card.ImageBytes);
        Assert.Equal(image.Plan.ArenaBytes, card.ArenaBytes);
        Assert.Equal(card.Test.Windows, card.Test.Int8Confusion!.Sum(row => row.Sum()));
        Assert.Null(card.RawTest);
        Assert.Contains("./run train it", page, StringComparison.Ordinal);
        Assert.Contains("| SLOW |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_states_what_the_image_scores()
    {
        using var fixture = new CsvFixture();
        string output = fixture.Output;

        var card = TrainingRun.Execute(fixture.Request(output), cancellation: TestContext.Current.CancellationToken);
        var executor = new ReferenceExecutor(ImageReader.Read(File.ReadAllBytes(Path.Combine(output, TrainingRun.ImageFile))).Graph);
        var test = TrainingData.Load(CsvFixture.Config, fixture.CsvPath, validate: false).Test;
        int correct = Enumerable.Range(0, test.Count).Count(i =>
        {
            sbyte[] answer = executor.Run(test.Window(i).ToArray());
            return Array.IndexOf(answer, answer.Max()) == test.Labels[i];
        });

        Assert.Equal(correct, card.Test.Int8Correct);
        Assert.Equal(Math.Round((double)correct / test.Count, 6), card.Test.Int8Accuracy);
        Assert.Equal(1, card.Test.EqualOutputs);
    }

    [Fact]
    public void The_image_of_several_seeds_is_that_of_their_median()
    {
        using var fixture = new CsvFixture();
        var request = fixture.Request(fixture.Output);

        var card = TrainingRun.Execute(request with { Seeds = 3 }, cancellation: TestContext.Current.CancellationToken);
        var alone = TrainingRun.Execute(
            request with { Seed = card.Seed, OutputFolder = Path.Combine(fixture.Folder, "alone") },
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], card.Seeds.Select(seed => seed.Seed));
        Assert.Equal(card.Seeds.Select(seed => seed.Int8Accuracy).Order().ElementAt(1), card.Test.Int8Accuracy);
        Assert.Equal(alone.ImageCrc32, card.ImageCrc32);
        Assert.Contains($"The model is that of seed {card.Seed}, the median.",
            File.ReadAllText(Path.Combine(fixture.Output, TrainingRun.PageFile)).ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.9, 0.7, 0.8 }, 2)]
    [InlineData(new[] { 0.7, 0.9, 0.8, 0.6 }, 0)] // of two in the middle the lower one
    [InlineData(new[] { 0.5 }, 0)]
    public void The_median_seed_is_neither_the_best_nor_the_first(double[] accuracies, int median)
    {
        var byAccuracy = accuracies.Select((accuracy, i) => new SeedResult(i + 1, null, accuracy)).ToArray();
        var byFaults = accuracies.Select((area, i) => new SeedResult(i + 1, null, 1) { FaultAuc = area }).ToArray();

        Assert.Equal(median, SeedResult.MedianOf(byAccuracy));
        Assert.Equal(median, SeedResult.MedianOf(byFaults));
    }

    [Fact]
    public void A_card_names_the_subject_that_the_model_is_worst_on()
    {
        var made = Samples.Windows(6, 1); // labels 0, 1, 0, 1, 0, 1
        var windows = new WindowSet
        {
            WindowSamples = made.WindowSamples,
            RateHz = made.RateHz,
            Channels = made.Channels,
            ClassNames = made.ClassNames,
            Samples = made.Samples,
            Labels = made.Labels,
            Subjects = ["bob", "bob", "ann", "ann", "ann", "cid"],
        };

        var worst = SubjectClaim.Worst(windows, [0, 1, 1, 1, 1, 1]);

        Assert.Equal(new SubjectClaim("ann", 3, 0.333333), worst);
    }

    [Fact]
    public void A_packed_run_leaves_an_image_with_a_packed_section_and_a_card_of_its_size()
    {
        using var fixture = new CsvFixture();

        var card = TrainingRun.Execute(fixture.Request(fixture.Output) with { Pack = _ => true }, cancellation: TestContext.Current.CancellationToken);

        byte[] packed = File.ReadAllBytes(Path.Combine(fixture.Output, TrainingRun.ImageFile));
        byte[] plain = PackedSection.Remove(packed);
        var graph = ImageReader.Read(packed).Graph;
        Assert.Equal(PackedSection.Append(plain), packed);
        Assert.Equal(PackedSection.BytesOf(graph), packed.Length - plain.Length);
        Assert.Equal(packed.Length, card.ImageBytes);
        Assert.True(TrainingConfig.Load(Path.Combine(fixture.Output, TrainingRun.ConfigFile)).Pack);
    }

    [Fact]
    public void A_configuration_can_ask_for_the_packed_section()
    {
        using var fixture = new CsvFixture();

        TrainingRun.Execute(fixture.Request(fixture.Output) with { Overrides = ["pack=true"] }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(ImageReader.Read(File.ReadAllBytes(Path.Combine(fixture.Output, TrainingRun.ImageFile))).PackedBytes > 0);
    }

    [Fact]
    public void What_reading_CSV_files_notes_is_passed_on()
    {
        using var fixture = new CsvFixture();
        File.AppendAllText(fixture.CsvPath, string.Concat(Enumerable.Range(0, 64).Select(i => FormattableString.Invariant($"{(i / 25.0) + 1000},0.{i},0.1,0.2,SLOW,cid\n"))));
        var notes = new List<string>();

        TrainingData.Load(CsvFixture.Config, fixture.CsvPath, validate: false, notes.Add);

        Assert.Contains(notes, note => note.Contains("motion.csv", StringComparison.Ordinal) && note.Contains("s after the sample before it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pruned_run_leaves_the_configuration_that_its_weights_are_of()
    {
        using var fixture = new CsvFixture(Pruned);

        var card = TrainingRun.Execute(fixture.Request(fixture.Output), cancellation: TestContext.Current.CancellationToken);
        var config = TrainingConfig.Load(Path.Combine(fixture.Output, TrainingRun.ConfigFile));
        string weights = Path.Combine(fixture.Output, TrainingRun.WeightsFile);
        var network = EncoderWeights.ToNetwork(
            config, SafetensorsFile.Parse(File.ReadAllBytes(weights)).Tensors, Samples.WindowSamples);
        var again = TrainingRun.Execute(
            fixture.Request(Path.Combine(fixture.Folder, "again")) with
            {
                ConfigPath = Path.Combine(fixture.Output, TrainingRun.ConfigFile),
                Weights = weights,
            },
            cancellation: TestContext.Current.CancellationToken);

        Assert.Null(config.Pruning);
        Assert.Equal(card.Pruning[^1].Blocks, config.Architecture.Blocks);
        Assert.NotEqual(Pruned.Architecture.Blocks, config.Architecture.Blocks);
        Assert.Equal([.. config.Architecture.Blocks.Select(block => block.Heads)],
            network.Steps.OfType<FloatAttention>().Select(step => step.Heads));
        Assert.Equal(card.Parameters, again.Parameters);
    }

    [Fact]
    public void A_pruned_run_into_the_folder_of_its_configuration_is_refused()
    {
        using var fixture = new CsvFixture(Pruned);

        var fault = Assert.Throws<ConfigException>(
            () => TrainingRun.Execute(fixture.Request(fixture.Folder), cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
    }

    [Fact]
    public void Validation_holds_out_its_subjects_and_leaves_the_test_part_alone()
    {
        using var fixture = new CsvFixture();

        var final = TrainingData.Load(CsvFixture.Config, fixture.CsvPath, validate: false);
        var choosing = TrainingData.Load(CsvFixture.Config, fixture.Folder, validate: true);

        Assert.Equal(["ann", "bob"], final.Train.Subjects.Distinct());
        Assert.Equal(["cid"], final.Test.Subjects.Distinct());
        Assert.Equal(["ann"], choosing.Train.Subjects.Distinct());
        Assert.Equal(["bob"], choosing.Test.Subjects.Distinct());
    }

    [Fact]
    public void A_split_that_leaves_nothing_is_refused()
    {
        using var fixture = new CsvFixture();
        var config = CsvFixture.Config;
        var nobody = config with { Data = config.Data with { Csv = config.Data.Csv! with { TestSubjects = ["dan"] } } };
        var everybody = config with { Data = config.Data with { ValidationSubjects = ["ann", "bob"] } };

        Assert.Equal(ConfigError.Mismatch, Assert.Throws<ConfigException>(() => TrainingData.Load(nobody, fixture.CsvPath, false)).Error);
        Assert.Equal(ConfigError.Mismatch, Assert.Throws<ConfigException>(() => TrainingData.Load(everybody, fixture.CsvPath, true)).Error);
    }

    [Fact]
    public void A_missing_data_set_is_named()
    {
        using var fixture = new CsvFixture();
        var request = fixture.Request(fixture.Folder) with { Dataset = Path.Combine(fixture.Folder, "none.csv") };

        var fault = Assert.Throws<DataException>(() => TrainingRun.Execute(request, cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(DataError.MissingFile, fault.Error);
    }

    [Fact]
    public void Labels_that_a_device_could_not_say_are_refused_before_the_first_epoch()
    {
        using var fixture = new CsvFixture();
        File.WriteAllText(fixture.CsvPath, File.ReadAllText(fixture.CsvPath).Replace("SLOW", "unknown", StringComparison.Ordinal));

        var fault = Assert.Throws<ConfigException>(
            () => TrainingRun.Execute(fixture.Request(fixture.Output), cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(ConfigError.BadLabels, fault.Error);
        Assert.Contains("--rename", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(fixture.Output));
    }
}
