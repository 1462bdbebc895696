using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random streams as corpus records; the expected outputs are the reference stream executor's.</summary>
internal static class StreamCorpus
{
    private const int MaxSteps = 24;

    public static IReadOnlyCollection<CorpusRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(Record)];

    private static CorpusRecord Record(int seed)
    {
        // Of the images that are packed, those of multiples of five alone have steps that read the packed rows.
        var graph = seed % 5 == 1 ? OtherSteps.Create(seed, seed / 5) : RandomStream.Create(seed);
        var random = new Random(seed);
        byte[] image = GraphCorpus.Image(graph, seed);
        int stepSamples = graph.Step!.Input.Rows;
        int sampleCount = random.Next(1, MaxSteps + 1) * stepSamples + random.Next(stepSamples);
        short[] samples = RandomWindow.Create(sampleCount * graph.Window.Columns, graph.Window.ElementType, random);
        int[] chunks = [.. Chunks(sampleCount, stepSamples, random)];
        var outputs = new StreamExecutor(graph).Push(samples);
        byte[] payload = new PayloadWriter()
            .Array<int>([image.Length, sampleCount, chunks.Length, outputs.Count, graph.Output.Count, seed % 5 == 0 ? 1 : 0, 0, 0])
            .Array<byte>(image)
            .Samples(samples, graph.Window.ElementType)
            .Array<int>(chunks)
            .Array<sbyte>(outputs.SelectMany(output => output).ToArray())
            .ToArray();
        return new CorpusRecord("stream", payload);
    }

    /// <summary>Numbers of samples that add up to all of them: single ones, whole steps, and anything, 0 included.</summary>
    private static IEnumerable<int> Chunks(int samples, int stepSamples, Random random)
    {
        int kind = random.Next(4);
        while (samples > 0)
        {
            int chunk = Math.Min(samples, kind switch
            {
                0 => 1,
                1 => stepSamples,
                _ => random.Next(3 * stepSamples),
            });
            samples -= chunk;
            yield return chunk;
        }
    }
}
