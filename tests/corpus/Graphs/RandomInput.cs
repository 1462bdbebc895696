using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>What is random about a model beside its operators.</summary>
internal static class RandomInput
{
    /// <summary>A window of this many samples; every third window is int8.</summary>
    public static WindowTensor Window(Random random, int samples)
    {
        int channels = 1 + (int)(9 * random.NextDouble() * random.NextDouble());
        return random.Next(3) == 0
            ? new WindowTensor(samples, channels, ElementType.Int8, random.Next(-128, 128), FixedMultiplier.FromReal(random.NextDouble()))
            : new WindowTensor(samples, channels);
    }

    /// <summary>The graph of a window program, with names, rates and perhaps a test vector.</summary>
    public static Graph Describe(string id, GraphProgram program, Random random)
    {
        int outputs = program.Output.Count;
        var channels =
            Enumerable.Range(0, program.Input.Columns).Select(i => new InputChannel($"channel_{i}", "g", 1.0 / (1 + i)));
        int samples = program.Input.Rows;
        Graph graph = new()
        {
            ModelId = id,
            Input = new InputSpecification([.. channels], samples, random.Next(1, samples + 1), random.Next(1, 100_000_001)),
            Labels = [.. Enumerable.Range(0, random.Next(2) * outputs).Select(i => $"class {i}")],
            GateThresholdPermille = random.Next(1001),
            ClassCount = random.Next(outputs + 1),
            AlarmThreshold = random.Next(2) == 0 ? null : random.Next(-128, 128),
            Window = program.Input,
            Output = program.Output,
            Tensors = Graph.CollectTensors(program),
            Operators = program.Operators,
        };
        graph = graph with { Postures = (1u << Math.Min(graph.ClassCount, 3)) - 1, Voters = program.Input.Rows % 10 };
        int vectors = random.Next(3) / 2;
        return graph.WithTestWindows(Enumerable.Range(0, vectors).Select(_ => RandomWindow.Create(program.Input, random)));
    }
}
