using NanoFormer.Training.Encoder;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class FoldingTests : TorchTests
{
    [Fact]
    public void The_folded_network_gives_the_logits_of_the_unfolded()
    {
        var network = new FloatEncoder(Samples.Config.Architecture, Samples.WindowSamples, channels: 3, classes: 4, dropRate: 0.1);
        network.train();
        for (int i = 0; i < 20; i++)
        {
            network.forward(3 * randn(16, Samples.WindowSamples, 3) + 1); // moves the norms' running statistics away from 0 and 1
        }
        foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.EndsWith("norm.weight", StringComparison.Ordinal)))
        {
            using var inference = no_grad();
            parameter.add_(0.5 * randn_like(parameter)); // gains of either sign
        }
        network.eval();
        var inputs = 2 * randn(64, Samples.WindowSamples, 3);

        var unfolded = network.forward(inputs);
        var folded = network.Fold().Forward(inputs, NoRounding.Instance);

        Assert.True(unfolded.abs().max().item<float>() > 0.01);
        Assert.InRange((folded - unfolded).abs().max().item<float>() / unfolded.abs().max().item<float>(), 0, 1e-5);
    }
}
