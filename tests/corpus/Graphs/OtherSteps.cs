using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Streams whose step program differs from the window program in one thing, so that the packed rows, which are the window program's, are not its
/// own: a zero point, weights, constants, or the number of operators.
/// </summary>
internal static class OtherSteps
{
    private const int Kinds = 4;

    /// <summary>A random stream of this sort; the same seed always gives the same one.</summary>
    public static Graph Create(int seed, int kind) => Enumerable.Range(0, int.MaxValue)
        .Select(i => With(RandomStream.Create(seed + (1000 * i)), kind % Kinds, new Random(seed))).OfType<Graph>().First();

    // Null where the graph has no layer for it.
    private static Graph? With(Graph graph, int kind, Random random)
    {
        var step = graph.Step!;
        var other = kind switch
        {
            0 => WithZeroPoints(step),
            1 => WithLayer(step, random, layer => layer with { Weights = OtherWeights(layer.Weights, random) }),
            2 => WithLayer(step, random, layer => layer with { ChannelConstants = OtherBiases(new ChannelConstants(layer.ChannelConstants)) }),
            _ => WithLookup(step, random),
        };
        return other is null ? null : graph with { Step = other, Tensors = Graph.CollectTensors(graph.Program, other) };
    }

    /// <summary>Other zero points behind linear layers whose packed rows a kernel reads, where the next operators take any.</summary>
    private static GraphProgram? WithZeroPoints(GraphProgram step)
    {
        var others = step.Operators.OfType<Linear>().Where(ArePacked).Select(layer => layer.Output)
            .Where(output => output != step.Output && step.Operators.All(next => !Reads(next, output) || next is Linear or Add or SelfAttention or Softmax))
            .ToDictionary(Tensor (output) => output, output => new ActivationTensor(
                output.Rows, output.Columns, output.ZeroPoint < 0 ? output.ZeroPoint + 5 : output.ZeroPoint - 5, output.Scale));
        return others.Count == 0 ? null : step with { Operators = [.. step.Operators.Select(one => one.Rebind(tensor => others.GetValueOrDefault(tensor) ?? tensor))] };
    }

    private static GraphProgram? WithLayer(GraphProgram step, Random random, Func<WeightedOperator, WeightedOperator> change)
    {
        WeightedOperator[] layers = [.. step.Operators.OfType<WeightedOperator>().Where(ArePacked)];
        if (layers.Length == 0)
        {
            return null;
        }

        var chosen = layers[random.Next(layers.Length)];
        return step with { Operators = [.. step.Operators.Select(one => one == chosen ? change(chosen) : one)] };
    }

    /// <summary>One operator more, at the end.</summary>
    private static GraphProgram WithLookup(GraphProgram step, Random random)
    {
        sbyte[] table = new sbyte[LookupTable.Length];
        Fill(table, random);
        var output = step.Output.WithRows(step.Output.Rows);
        var lookup = new Lookup { Input = step.Output, Table = ConstantTensor.FromInt8(1, LookupTable.Length, table), Output = output };
        return step with { Output = output, Operators = [.. step.Operators, lookup] };
    }

    private static bool ArePacked(WeightedOperator layer) =>
        (layer is Linear or Conv1d || layer is Attention { HeadColumns: var columns } && columns % 2 == 0)
        && layer.Output.Columns % 2 == 0 && layer.Weights.Columns % 4 == 0;

    private static ConstantTensor OtherWeights(ConstantTensor weights, Random random)
    {
        sbyte[] values = new sbyte[weights.Count];
        Fill(values, random);
        return ConstantTensor.FromInt8(weights.Rows, weights.Columns, values);
    }

    private static ConstantTensor OtherBiases(ChannelConstants constants)
    {
        int[] biases = new int[constants.Count];
        var multipliers = new FixedMultiplier[constants.Count];
        for (int i = 0; i < constants.Count; i++)
        {
            biases[i] = (constants.Biases[i] / 2) + 1000;
            multipliers[i] = constants.Multiplier(i);
        }

        return ChannelConstants.Create(biases, multipliers);
    }

    private static void Fill(Span<sbyte> values, Random random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)random.Next(-127, 128);
        }
    }

    private static bool Reads(Operator step, Tensor tensor) => step.Input == tensor || step.SecondInput == tensor;
}
