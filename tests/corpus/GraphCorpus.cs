using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random graphs as corpus records; the expected outputs are the reference executor's.</summary>
internal static class GraphCorpus
{
    private const int WindowsOfGraph = 2;

    public static IReadOnlyCollection<CorpusRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(Record)];

    private static CorpusRecord Record(int seed)
    {
        Graph graph = RandomGraph.Create(seed);
        var executor = new ReferenceExecutor(graph);
        var random = new Random(seed);
        byte[] image = ImageWriter.Write(graph);
        PayloadWriter payload = new PayloadWriter()
            .Array<int>([image.Length, WindowsOfGraph, graph.Window.Count, graph.Output.Count])
            .Array<byte>(image);
        for (int i = 0; i < WindowsOfGraph; i++)
        {
            short[] window = RandomWindow.Create(graph.Window.Count, random);
            payload.Array<short>(window).Array<sbyte>(executor.Run(window));
        }

        return new CorpusRecord(CorpusKind.Graph, payload.ToArray());
    }
}
