using CsCheck;
using NanoFormer.Search.Space;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Tests;

public sealed class SearchSpaceTests
{
    private static readonly Gen<int> Seed = Gen.Int[0, 1_000_000];

    [Fact]
    public void Walks_stay_among_valid_configurations_that_differ_in_architecture_and_regularization_alone() => Seed.Sample(seed =>
    {
        var random = new Random(seed);
        var space = new SearchSpace(Samples.Config);
        var config = space.Draw(random) ?? space.Given;
        for (int step = 0; step < 20; step++)
        {
            config = space.Mutate(config, random) ?? config;
            Assert.Equal(config.ToJson(), TrainingConfig.Parse(config.ToJson()).ToJson());
            Assert.Equal(space.Given.ToJson(), (config with
            {
                Architecture = space.Given.Architecture,
                FloatTraining = space.Given.FloatTraining,
                Augmentation = space.Given.Augmentation,
            }).ToJson());
        }
    }, iter: 50);

    [Fact]
    public void No_sample_is_skipped_between_two_kernels() => Seed.Sample(seed =>
    {
        var random = new Random(seed);
        var space = new SearchSpace(Samples.Config);
        var config = space.Draw(random) ?? space.Given;
        for (int step = 0; step < 20; step++)
        {
            config = space.Mutate(config, random) ?? config;
            Assert.All(config.Architecture.Streams[0].Convolutions, one => Assert.True(one.Kernel >= one.Stride));
        }
    }, iter: 50);

    [Fact]
    public void Mutations_reach_every_part_of_an_architecture()
    {
        var random = new Random(1);
        var space = new SearchSpace(Samples.Config);
        var given = space.Given.Architecture;

        var mutants = Enumerable.Range(0, 500).Select(_ => space.Mutate(space.Given, random)).OfType<TrainingConfig>()
            .Select(config => config.Architecture).ToArray();

        Assert.Contains(mutants, one => one.Width != given.Width);
        Assert.Contains(mutants, one => one.Blocks.Count == 2);
        Assert.Contains(mutants, one => one.Blocks[0].Heads != given.Blocks[0].Heads);
        Assert.Contains(mutants, one => one.Blocks[0].HeadColumns != given.Blocks[0].HeadColumns);
        Assert.Contains(mutants, one => one.Blocks[0].FeedForward != given.Blocks[0].FeedForward);
        Assert.Contains(mutants, one => one.Pooling != given.Pooling);
        Assert.Contains(mutants, one => one.Streams[0].Convolutions.Count == 1);
        Assert.Contains(mutants, one => one.Streams[0].Convolutions.Count == 3);
        Assert.Contains(mutants, one => one.Streams[0].Convolutions.Any(conv => conv.Separable));
        Assert.Contains(mutants, one => one.Streams[0].Convolutions[0].Kernel == 7);
        Assert.Contains(mutants, one => one.Streams[0].Convolutions[0].Stride == 1);
        Assert.Contains(mutants, one => one.Streams[0].Convolutions[0].Channels == 12);
    }

    [Fact]
    public void A_score_keeps_its_tokens()
    {
        var architecture = Samples.Config.Architecture with
        {
            Score = new ScoreOptions { Kind = ScoreKind.Reconstruction, PatchSamples = 4 },
        };
        var space = new SearchSpace(Samples.Config with { Architecture = architecture });
        var random = new Random(1);
        var config = space.Given;
        for (int step = 0; step < 100; step++)
        {
            config = (step % 10 == 0 ? space.Draw(random) : space.Mutate(config, random)) ?? config;
            Assert.Equal([2, 2], config.Architecture.Streams[0].Convolutions.Select(one => one.Stride));
        }
    }

    [Fact]
    public void A_model_that_streams_never_weighs_tokens_to_come()
    {
        var architecture = Samples.Config.Architecture with
        {
            Attention = new AttentionOptions { Causal = true },
            Positions = false,
            Streaming = true,
        };
        var space = new SearchSpace(Samples.Config with { Architecture = architecture });
        var random = new Random(1);

        var drawn = Enumerable.Range(0, 200).Select(_ => space.Draw(random)).OfType<TrainingConfig>().ToArray();

        Assert.NotEmpty(drawn);
        Assert.DoesNotContain(drawn, config => config.Architecture.Pooling == PoolingKind.Attention);
    }

    [Fact]
    public void Pruning_is_left_out()
    {
        var pruned = Samples.Config with { Pruning = new PruningOptions { Heads = 0.5, Epochs = 1, LearningRate = 0.001 } };

        Assert.Null(new SearchSpace(pruned).Given.Pruning);
    }
}
