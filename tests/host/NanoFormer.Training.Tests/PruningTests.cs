using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;
using NanoFormer.Training.Network;
using NanoFormer.Training.Operators;
using NanoFormer.Training.Phases;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class PruningTests : TorchTests
{
    private static readonly ArchitectureOptions Large = Samples.Config.Architecture with
    {
        Blocks =
        [
            new BlockOptions { Heads = 4, HeadColumns = 4, FeedForward = 32 },
            new BlockOptions { Heads = 2, HeadColumns = 6, FeedForward = 16 },
        ],
    };

    [Theory]
    [InlineData(0, 0, 6, 48)]
    [InlineData(0.5, 0.25, 3, 36)]
    [InlineData(0.95, 0.95, 2, 16)] // what every block keeps at least
    public void As_much_leaves_as_was_asked_for(double heads, double feedForward, int keptHeads, int keptColumns)
    {
        var blocks = Pruning.Keep(NewNetwork(), Large.Blocks, heads, feedForward).Options.Blocks;

        Assert.Equal(keptHeads, blocks.Sum(block => block.Heads));
        Assert.Equal(keptColumns, blocks.Sum(block => block.FeedForward));
        Assert.All(blocks, block => Assert.True(block is { Heads: >= 1, FeedForward: >= 8 }));
        Assert.Equal([4, 6], blocks.Select(block => block.HeadColumns));
    }

    [Fact]
    public void What_nothing_reads_leaves_first_and_is_not_missed()
    {
        var network = NewNetwork();
        network.eval();
        Silence(network.Blocks[0], heads: [1, 3], columns: [.. Enumerable.Range(5, 12)]);
        var windows = randn(16, Samples.WindowSamples, 3);
        var before = network.Run(new FloatOperators(windows)).Logits!;

        var pruned = Pruning.Keep(network, Large.Blocks, heads: 2 / 6.0, feedForward: 12 / 48.0);
        var after = pruned.Run(new FloatOperators(windows)).Logits!;

        Assert.Equal([2, 2], pruned.Options.Blocks.Select(block => block.Heads));
        Assert.Equal([20, 16], pruned.Options.Blocks.Select(block => block.FeedForward));
        Assert.InRange((after - before).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void A_pruned_training_tells_of_every_step_and_what_it_costs()
    {
        var config = Samples.Config.WithEpochs(2) with
        {
            Architecture = Large,
            Pruning = new PruningOptions { Heads = 0.5, FeedForward = 0.5, Steps = 2, Epochs = 1, LearningRate = 0.002 },
        };

        var model = new Trainer(config).Run(Samples.Data, seed: 1, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([6, 4, 3], model.Pruning.Select(step => step.Blocks.Sum(block => block.Heads))); // 2 and 1 leave
        Assert.Equal([48, 36, 24], model.Pruning.Select(step => step.Blocks.Sum(block => block.FeedForward)));
        Assert.Equal(model.Pruning.OrderByDescending(step => step.Costs.Macs), model.Pruning);
        Assert.Equal(model.Pruning.OrderByDescending(step => step.Costs.ImageBytes), model.Pruning);
        var smallest = config with { Architecture = Large with { Blocks = model.Pruning[^1].Blocks } };
        Assert.Equal(model.Pruning[^1].Costs, ModelCosts.Of(smallest, Samples.Data.Train));
        Assert.Equal(1, model.Test.Agreement.SameOutputs);
    }

    private static Encoder NewNetwork() => Encoder.Create(Large, Samples.WindowSamples, channels: 3, classes: 2);

    /// <summary>Sets the weights to 0 that read some heads and columns.</summary>
    private static void Silence(EncoderBlock block, int[] heads, int[] columns)
    {
        using var inference = no_grad();
        foreach (int head in heads)
        {
            block.Projection.Weight.narrow(1, head * block.Attention.HeadColumns, block.Attention.HeadColumns).zero_();
        }

        foreach (int column in columns)
        {
            block.Contract.Weight.select(1, column).zero_();
        }
    }
}
