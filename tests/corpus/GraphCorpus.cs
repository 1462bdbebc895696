using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random graphs as corpus records; the expected outputs are the reference executor's.</summary>
internal static class GraphCorpus
{
    private const int WindowsOfGraph = 2;

    public static IReadOnlyCollection<CorpusRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(Record)];

    /// <summary>The image of a random graph: two of three planned at random, the others by the planner; two of five packed.</summary>
    public static byte[] Image(Graph graph, int seed)
    {
        var random = new Random(seed);
        byte[] image = seed % 3 == 0
            ? ImageWriter.Write(graph, new PlanOptions { ArenaBudget = random.Next(2) == 0 ? null : random.Next(20_000) })
            : ImageWriter.Write(graph, RandomPlan.Create(graph, random), RandomPlan.CreateStep(graph, random));
        return seed % 5 < 2 ? PackedSection.Append(image) : image;
    }

    private static CorpusRecord Record(int seed)
    {
        var graph = RandomGraph.Create(seed);
        var executor = new ReferenceExecutor(graph);
        var random = new Random(seed);
        byte[] image = Image(graph, seed);
        var payload = new PayloadWriter()
            .Array<int>([image.Length, WindowsOfGraph, graph.Window.Count, graph.Output.Count])
            .Array<byte>(image);
        for (int i = 0; i < WindowsOfGraph; i++)
        {
            short[] window = RandomWindow.Create(graph.Window, random);
            payload.Samples(window, graph.Window.ElementType).Array<sbyte>(executor.Run(window));
        }

        return new CorpusRecord("graph", payload.ToArray());
    }
}
