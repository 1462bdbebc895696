using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class FoldingTests : TorchTests
{
    [Theory]
    [MemberData(nameof(Architectures.Names), MemberType = typeof(Architectures))]
    public void The_folded_network_tells_what_the_unfolded_does(string architecture)
    {
        var network = new SampleNetwork(Architectures.Of(architecture));
        var windows = Samples.Windows(32, seed: 4);

        var unfolded = network.Answer(network.Unfolded, windows);
        var folded = network.Answer(network.Folded, windows);

        Assert.True((unfolded - unfolded.mean([0], keepdim: true)).abs().max().item<float>() > 0.005, "all windows get the same answer");
        Assert.InRange((folded - unfolded).abs().max().item<float>() / unfolded.abs().max().item<float>(), 0, 2e-5);
    }

    [Theory]
    [MemberData(nameof(Architectures.Names), MemberType = typeof(Architectures))]
    public void What_the_folded_network_learns_leaves_the_unfolded_alone(string architecture)
    {
        var network = new SampleNetwork(Architectures.Of(architecture));
        var before = network.Unfolded.Weights();

        using (no_grad())
        {
            foreach (var parameter in network.Folded.parameters())
            {
                parameter.add_(1);
            }
        }

        Assert.All(network.Unfolded.Weights(), pair => Assert.Equal(before[pair.Key].Values, pair.Value.Values));
    }

    [Fact]
    public void A_folded_network_has_no_norms_left() => Assert.DoesNotContain(
        new SampleNetwork(Architectures.Of("separable convolutions")).Folded.named_modules(),
        module => module.module is TorchSharp.Modules.BatchNorm1d);
}
