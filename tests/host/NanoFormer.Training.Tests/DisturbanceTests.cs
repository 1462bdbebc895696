using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using NanoFormer.Training.Operators;
using NanoFormer.Training.Phases;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class DisturbanceTests : TorchTests
{
    private static readonly DenoisingOptions Options = new() { Smallest = 2, Largest = 3, Channels = [0, 2], ChannelParts = [0.5] };

    [Fact]
    public void Shifts_have_the_sizes_parts_and_beginnings_asked_for()
    {
        manual_seed(1);
        var shifts = new Disturbance(Options, channels: 3).Apply(zeros(4000, 10, 3));

        var last = shifts[.., 9, ..];
        var shifted = last.abs().gt(0).to(ScalarType.Float32);
        Assert.Equal(0, shifted[.., 1].sum().item<float>());
        Assert.InRange(shifted[.., 0].mean().item<float>(), 0.32f, 0.38f); // 0.7 of the windows, half of the channels
        Assert.InRange(last.abs().max().item<float>(), 2.9f, 3f);
        Assert.InRange(last.abs()[last.abs().gt(0)].min().item<float>(), 2f, 2.1f);
        Assert.InRange(last.sign().sum().item<float>() / shifted.sum().item<float>(), -0.1f, 0.1f);
        var throughout = shifts[.., 0, ..].abs().gt(0).to(ScalarType.Float32).sum() / shifted.sum();
        Assert.InRange(throughout.item<float>(), 0.5f, 0.6f); // half, and a tenth of the others begin at the first sample
        Assert.True((shifts.diff(1, 1).abs().gt(0).sum([1]) <= 1).all().item<bool>()); // at most one step
    }

    [Fact]
    public void Nothing_is_shifted_without_probability()
    {
        var windows = randn(5, 4, 3);

        Assert.True(new Disturbance(Options with { Probability = 0 }, 3).Apply(windows).equal(windows).all().item<bool>());
    }

    [Fact]
    public void A_score_holds_the_network_against_the_windows_without_the_shifts()
    {
        using var network = Encoder.Create(Architectures.Of("classes and reconstruction"), Samples.WindowSamples, 3, 2).Folded();
        var clean = InputScaling.Clip(0.3 * randn(2, Samples.WindowSamples, 3));
        var shifted = InputScaling.Clip(clean + 0.25);

        var disturbed = network.Run(new FloatOperators(shifted)).Score!;
        var held = network.Run(new FloatOperators(shifted, 0, clean)).Score!;
        var logits = network.Run(new FloatOperators(shifted, 0, clean)).Logits!;

        Assert.True((disturbed - held).abs().min().item<float>() > 1e-4);
        Assert.True(logits.equal(network.Run(new FloatOperators(shifted)).Logits!).all().item<bool>());
    }
}
