using NanoFormer.Data;
using NanoFormer.Model;

namespace NanoFormer.Training.Tests;

/// <summary>The forward pass of fine-tuning against the graph that is exported, run by the reference executor.</summary>
public sealed class IntegerGraphTests : TorchTests
{
    [Theory]
    [MemberData(nameof(Architectures.Names), MemberType = typeof(Architectures))]
    public void The_network_that_is_tuned_tells_what_the_integer_graph_does_byte_for_byte(string architecture)
    {
        var network = new SampleNetwork(Architectures.Of(architecture));
        var windows = Samples.Windows(24, seed: 5).Concat(Samples.Noise(8, seed: 6));
        var executor = new ReferenceExecutor(network.Graph);

        sbyte[][] tuned = network.Device.Answer(network.Folded, network.Scaled(windows));
        sbyte[][] integer = Enumerable.Range(0, windows.Count).Select(i => executor.Run(windows.Window(i).ToArray())).ToArray();

        Assert.True(integer.DistinctBy(output => string.Join(",", output)).Count() > 1, "all windows get the same answer");
        Assert.Equal(integer, tuned);
    }

    [Theory]
    [MemberData(nameof(Architectures.StreamingNames), MemberType = typeof(Architectures))]
    public void A_streaming_model_tells_of_a_streamed_window_what_it_does_of_the_whole(string architecture)
    {
        var graph = new SampleNetwork(Architectures.Of(architecture)).Graph;
        var windows = Samples.Windows(8, seed: 5);
        var executor = new ReferenceExecutor(graph);

        Assert.NotNull(graph.Step);
        Assert.Equal(4, graph.Step.Input.Rows);
        Assert.All(Enumerable.Range(0, windows.Count).Select(i => windows.Window(i).ToArray()),
            window => Assert.Equal(executor.Run(window), new StreamExecutor(graph).Push(window)[^1]));
    }

    [Theory]
    [MemberData(nameof(Architectures.Names), MemberType = typeof(Architectures))]
    public void An_image_holds_the_graph(string architecture)
    {
        var network = new SampleNetwork(Architectures.Of(architecture));

        var graph = ImageReader.Read(ImageWriter.Write(network.Graph)).Graph;

        var options = network.Config.Architecture;
        string[] classes = options.Classes ? ["SLOW", "FAST"] : [];
        string[] scores = options.Score is null ? [] : ["anomaly"];
        Assert.Equal([.. classes, .. scores], graph.Labels);
        Assert.Equal(options.Classes ? 2 : 0, graph.ClassCount);
        Assert.Equal(options.Streaming, graph.Step is not null);
    }

    [Fact]
    public void A_channel_name_too_long_for_an_image_is_cut()
    {
        var windows = Samples.Windows(2, seed: 3);
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

        var graph = Export.ModelCosts.UntrainedGraph(Samples.Config, named);

        Assert.Equal(["Accelerometer1R", "ay", "wz"], graph.Input.Channels.Select(c => c.Name));
    }

    [Fact]
    public void An_untrained_graph_is_the_same_at_every_call_and_takes_no_random_numbers()
    {
        TorchSharp.torch.manual_seed(5);
        float expected = TorchSharp.torch.rand(1).item<float>();

        TorchSharp.torch.manual_seed(5);
        byte[] first = ImageWriter.Write(Export.ModelCosts.UntrainedGraph(Samples.Config, Samples.Data.Train));
        float drawn = TorchSharp.torch.rand(1).item<float>();
        byte[] second = ImageWriter.Write(Export.ModelCosts.UntrainedGraph(Samples.Config, Samples.Data.Train));

        Assert.Equal(first, second);
        Assert.Equal(expected, drawn);
    }
}
