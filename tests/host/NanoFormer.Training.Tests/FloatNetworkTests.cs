using NanoFormer.Interchange;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Operators;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;

namespace NanoFormer.Training.Tests;

/// <summary>The float network that files are written of, against the network that was trained.</summary>
public sealed class FloatNetworkTests : TorchTests
{
    public static TheoryData<string> Expressible =>
        [.. Architectures.Names.Select(row => row.Data).Where(name => Architectures.Of(name).Attention.Kind == AttentionKind.Softmax)];

    [Theory]
    [MemberData(nameof(Expressible))]
    public void The_float_network_computes_what_was_trained(string architecture)
    {
        var network = new SampleNetwork(Architectures.Of(architecture));
        var windows = Samples.Windows(8, seed: 5);
        using var physical = new WindowTensors(windows);

        var converted = FloatNetworkOperators.Convert(network.Config, windows, [network.Folded]);
        float[] trained = StraightThrough.Values(network.Answer(network.Folded, windows));
        float[] computed = StraightThrough.Values(physical.Values).Chunk(windows.WindowValues)
            .SelectMany(window => FloatEvaluator.Run(converted, window)).ToArray();

        Assert.Equal(network.Graph.Labels, converted.Labels);
        Assert.Equal(trained.Length, computed.Length);
        Assert.All(trained.Zip(computed), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_non_linearity_that_is_none_is_refused()
    {
        using var values = TorchSharp.torch.zeros(1, 2, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => new FloatOperators(values).Function(values, (ActivationKind)99, "function"));
    }

    [Fact]
    public void Linear_attention_has_no_float_network()
    {
        var network = new SampleNetwork(Architectures.Of("linear"));

        var fault = Assert.Throws<InterchangeException>(
            () => FloatNetworkOperators.Convert(network.Config, Samples.Windows(2, seed: 5), [network.Folded]));

        Assert.Equal(InterchangeError.OperatorNotExpressible, fault.Error);
    }
}
