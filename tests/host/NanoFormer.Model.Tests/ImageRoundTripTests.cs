using CsCheck;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

public sealed class ImageRoundTripTests
{
    [Fact]
    public void Reading_gives_back_what_was_written() => RandomGraphs.GenSeed.Sample(
        seed =>
        {
            var graph = RandomGraph.Create(seed);
            var random = new Random(seed);
            byte[] image = ImageWriter.Write(graph, RandomPlan.Create(graph, random), RandomPlan.CreateStep(graph, random));
            var read = ImageReader.Read(image);

            Assert.Equal(image.Length, read.ImageBytes);
            Assert.Equal(graph.ModelId, read.Graph.ModelId);
            Assert.Equal(graph.Labels, read.Graph.Labels);
            Assert.Equal(graph.GateThresholdPermille, read.Graph.GateThresholdPermille);
            Assert.Equal((graph.ClassCount, graph.AlarmThreshold, graph.Postures, graph.Voters),
                (read.Graph.ClassCount, read.Graph.AlarmThreshold, read.Graph.Postures, read.Graph.Voters));
            Assert.Equal(graph.Input.Channels, read.Graph.Input.Channels);
            Assert.Equal(graph.Input with { Channels = read.Graph.Input.Channels }, read.Graph.Input);
            Assert.Equal(graph.TestVectors.Count, read.Graph.TestVectors.Count);
            Assert.Equal(Described(graph), Described(read.Graph));
            Assert.Equal(image, ImageWriter.Write(read.Graph, read.Plan, read.StepPlan));
        },
        iter: 300);

    [Fact]
    public void A_read_stream_runs_as_the_written_one() => RandomGraphs.GenSeed.Sample(
        seed =>
        {
            var graph = RandomStream.Create(seed);
            var read = ImageReader.Read(ImageWriter.Write(graph)).Graph;
            short[] samples = RandomWindow.Create(graph.Window, new Random(seed));
            Assert.Equal(new StreamExecutor(graph).Push(samples), new StreamExecutor(read).Push(samples));
        },
        iter: 100);

    [Fact]
    public void A_read_graph_runs_as_the_written_one() => RandomGraphs.GenSeed.Sample(
        seed =>
        {
            var graph = RandomGraph.Create(seed);
            var read = ImageReader.Read(ImageWriter.Write(graph)).Graph;
            short[] window = RandomWindow.Create(graph.Window, new Random(seed));
            Assert.Equal(new ReferenceExecutor(graph).Run(window), new ReferenceExecutor(read).Run(window));
        },
        iter: 200);

    [Fact]
    public void Test_vectors_hold_what_the_executor_computes() => RandomGraphs.GenGraph.Where(graph => graph.TestVectors.Count > 0).Sample(
        graph =>
        {
            var read = ImageReader.Read(ImageWriter.Write(graph)).Graph;
            var executor = new ReferenceExecutor(read);
            Assert.All(read.TestVectors, vector => Assert.Equal(vector.Output, executor.Run([.. vector.Window])));
        },
        iter: 50);

    [Fact]
    public void Bytes_after_the_image_are_refused()
    {
        byte[] image = ImageWriter.Write(RandomGraph.Create(1));
        var refusal = Assert.Throws<ModelImageException>(() => ImageReader.Read([.. image, 1, 2, 3]));
        Assert.Equal(ModelImageError.Oversized, refusal.Error);
        Assert.Equal("OVERSIZED", refusal.StatusName);
    }

    /// <summary>Every tensor and operator, its operands by index.</summary>
    private static IEnumerable<string> Described(Graph graph)
    {
        List<Tensor> tensors = [.. graph.Tensors];
        foreach (var tensor in tensors)
        {
            string data = tensor is ConstantTensor constant ? Convert.ToHexString(constant.Data) : "";
            yield return $"{tensor.Place} {tensor.ElementType} {tensor.Rows} {tensor.Columns} {tensor.ZeroPoint} {tensor.Scale} {data}";
        }

        foreach (var step in graph.Operators.Concat(graph.Step?.Operators ?? []))
        {
            IEnumerable<Tensor?> operands = [step.Input, step.SecondInput, .. step.Constants, step.State, step.Output];
            yield return $"{step.Kind} {string.Join(' ', operands.Select(tensor => tensor is null ? -1 : tensors.IndexOf(tensor)))}";
        }
    }
}
