using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random streams as corpus records; the expected outputs are the reference stream executor's.</summary>
internal static class StreamCorpus
{
    private const int MaxSteps = 24;

    public static IReadOnlyCollection<CorpusRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(Record)];

    private static CorpusRecord Record(int seed)
    {
        var graph = seed % 5 == 1
            ? Enumerable.Range(0, int.MaxValue).Select(i => WithAnotherStep(RandomStream.Create(seed + (1000 * i)))).OfType<Graph>().First()
            : RandomStream.Create(seed);
        var random = new Random(seed);
        byte[] image = GraphCorpus.Image(graph, seed);
        int stepSamples = graph.Step!.Input.Rows;
        int sampleCount = random.Next(1, MaxSteps + 1) * stepSamples + random.Next(stepSamples);
        short[] samples = RandomWindow.Create(sampleCount * graph.Window.Columns, graph.Window.ElementType, random);
        int[] chunks = [.. Chunks(sampleCount, stepSamples, random)];
        var outputs = new StreamExecutor(graph).Push(samples);
        byte[] payload = new PayloadWriter()
            .Array<int>([image.Length, sampleCount, chunks.Length, outputs.Count, graph.Output.Count, 0, 0, 0])
            .Array<byte>(image)
            .Samples(samples, graph.Window.ElementType)
            .Array<int>(chunks)
            .Array<sbyte>(outputs.SelectMany(output => output).ToArray())
            .ToArray();
        return new CorpusRecord("stream", payload);
    }

    /// <summary>
    /// The graph with a step program that has another zero point behind a linear layer than the window program: packed rows are those of the
    /// window program alone. Null where no layer can have it whose packed rows a kernel reads.
    /// </summary>
    private static Graph? WithAnotherStep(Graph graph)
    {
        var step = graph.Step!;
        var others = step.Operators.OfType<Linear>().Where(layer => layer.Output.Columns % 2 == 0 && layer.Input.Columns % 4 == 0).Select(layer => layer.Output)
            .Where(output => output != step.Output && step.Operators.All(next => !Reads(next, output) || next is Linear or Add or SelfAttention or Softmax))
            .ToDictionary(Tensor (output) => output, output => new ActivationTensor(
                output.Rows, output.Columns, output.ZeroPoint < 0 ? output.ZeroPoint + 5 : output.ZeroPoint - 5, output.Scale));
        step = step with { Operators = [.. step.Operators.Select(one => one.Rebind(tensor => others.GetValueOrDefault(tensor) ?? tensor))] };
        return others.Count == 0 ? null : graph with { Step = step, Tensors = Graph.CollectTensors(graph.Program, step) };
    }

    private static bool Reads(Operator step, Tensor tensor) => step.Input == tensor || step.SecondInput == tensor;

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
