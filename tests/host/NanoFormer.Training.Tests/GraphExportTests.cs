using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Encoder;
using NanoFormer.Training.Export;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;

namespace NanoFormer.Training.Tests;

public sealed class GraphExportTests : TorchTests
{
    /// <summary>Names of the activations the graph's operators write, in order, for one block and two convolutions.</summary>
    private static readonly string[] Names =
    [
        "input", "convolution0", "convolution1", "embedded",
        "block0.context", "block0.projected", "block0.attended", "block0.hidden", "block0.contracted", "block0.output",
        "mean", "logits",
    ];

    [Fact]
    public void Every_activation_is_that_of_the_integer_graph_but_for_a_step_here_and_there()
    {
        var config = Samples.Config;
        var windows = Samples.Windows(64, seed: 3);
        var (network, quantizer) = Calibrated(config, windows);
        var graph = GraphExport.Run(config, windows, network, quantizer);
        var executor = new ReferenceExecutor(graph);
        var recorded = new RecordingRounding(quantizer);
        using var tensors = new WindowTensors(windows);
        using var scaling = new InputScaling(config.Input);

        network.Forward(scaling.Apply(tensors.Values), recorded);
        var integer = Enumerable.Range(0, windows.Count).Select(i => executor.Trace(windows.Window(i).ToArray())).ToArray();

        Assert.Equal(Names.Length + 1, graph.Operators.Count); // and the softmax
        foreach (var (name, step) in Names.Zip(graph.Operators))
        {
            var differences = integer.SelectMany(trace => trace[step.Output]).Zip(recorded[name], (a, b) => Math.Abs(a - b)).ToArray();
            var equal = differences.Average(d => d == 0 ? 1.0 : 0);
            Assert.InRange(differences.Max(), 0, 3);
            Assert.True(equal > (name == "logits" ? 0.5 : 0.75), $"{name}: {equal:P2} equal");
        }
    }

    [Fact]
    public void A_channel_name_too_long_for_an_image_is_cut()
    {
        var windows = Samples.Windows(64, seed: 3);
        var named = new WindowSet
        {
            WindowSamples = windows.WindowSamples,
            RateHz = windows.RateHz,
            Channels = [windows.Channels[0] with { Name = "Accelerometer1RMS" }, .. windows.Channels.Skip(1)],
            ClassNames = windows.ClassNames,
            Samples = windows.Samples,
            Labels = windows.Labels,
            Subjects = windows.Subjects,
        };
        var (network, quantizer) = Calibrated(Samples.Config, named);

        var graph = GraphExport.Run(Samples.Config, named, network, quantizer);

        Assert.Equal(["Accelerometer1R", "ay", "wz"], graph.Input.Channels.Select(c => c.Name));
    }

    private static (FoldedEncoder Network, ActivationQuantizer Quantizer) Calibrated(Configuration.TrainingConfig config, WindowSet windows)
    {
        var network = new FloatEncoder(
            config.Architecture, windows.WindowSamples, windows.Channels.Count, windows.ClassNames.Count, dropRate: 0);
        using var tensors = new WindowTensors(windows);
        using var scaling = new InputScaling(config.Input);
        var inputs = scaling.Apply(tensors.Values);
        network.train();
        network.forward(inputs);
        network.eval();
        var folded = network.Fold();
        var quantizer = QuantizationPhase.NewQuantizer(config);
        folded.Forward(inputs, quantizer);
        quantizer.Observing = false;
        return (folded, quantizer);
    }
}
