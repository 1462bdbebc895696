namespace NanoFormer.Model;

/// <summary>
/// Several networks over the same window as one graph: its output is the sum of their probabilities, in steps of their number / 256. As
/// int8 that is the mean of what they answer, off by at most half a step for every sum.
/// </summary>
public static class GraphEnsemble
{
    private const double ProbabilitySteps = 256;

    /// <summary>One graph of several, without test vectors; of a single one itself.</summary>
    /// <param name="members">Graphs of the same window and classes, each of which ends in a softmax.</param>
    public static Graph Of(IReadOnlyList<Graph> members)
    {
        var first = members[0];
        if (members.Count == 1)
        {
            return first;
        }

        Operator[] networks = [.. members.SelectMany(member => member.Operators.Select(step => step.Rebind(tensor => tensor == member.Window ? first.Window : tensor)))];
        var sums = new List<Add>();
        foreach (var (place, member) in members.Index().Skip(1))
        {
            var sum = sums.Count == 0 ? first.Output : sums[^1].Output;
            sums.Add(Add.Of(
                sum, place / ProbabilitySteps, member.Output, 1 / ProbabilitySteps, new Quantization((place + 1) / ProbabilitySteps, sbyte.MinValue), default));
        }

        Operator[] operators = [.. networks, .. sums];
        return first with
        {
            Output = sums[^1].Output,
            Operators = operators,
            Tensors = Graph.CollectTensors(new GraphProgram(first.Window, sums[^1].Output, operators)),
            Step = null,
            TestVectors = [],
        };
    }

    /// <summary>The networks of a graph that <see cref="Of"/> made, each a graph of the same window; any other graph itself.</summary>
    public static IReadOnlyList<Graph> MembersOf(Graph graph)
    {
        var makers = graph.Operators.ToDictionary(step => step.Output);
        var outputs = new List<ActivationTensor>();
        var output = graph.Output;
        while (makers[output] is Add { Input: ActivationTensor sum, Second: ActivationTensor own } && makers[own] is Softmax)
        {
            outputs.Add(own);
            output = sum;
        }

        if (outputs.Count == 0 || makers[output] is not Softmax)
        {
            return [graph];
        }

        return [.. outputs.Append(output).Reverse().Select(own => Member(graph, own))];
    }

    /// <summary>What a graph of several networks makes of the int8 outputs of each, in their order.</summary>
    public static sbyte[] Together(Graph graph, IReadOnlyList<sbyte[]> outputs)
    {
        sbyte[] sum = outputs[0];
        foreach (var (add, own) in graph.Operators.OfType<Add>().TakeLast(outputs.Count - 1).Zip(outputs.Skip(1)))
        {
            sbyte[] next = new sbyte[sum.Length];
            Add.Compute(
                sum, sbyte.MinValue, add.FirstMultiplier, own, sbyte.MinValue, add.SecondMultiplier, add.OutputMultiplier, sbyte.MinValue, add.Clamp, next);
            sum = next;
        }

        return sum;
    }

    /// <summary>The graph of one output, with what that depends on.</summary>
    private static Graph Member(Graph graph, ActivationTensor output)
    {
        var needed = new HashSet<Tensor> { output };
        var operators = new List<Operator>();
        foreach (var step in graph.Operators.Reverse().Where(step => needed.Contains(step.Output)))
        {
            operators.Insert(0, step);
            needed.UnionWith(step.Inputs);
        }

        return graph with
        {
            Output = output,
            Operators = operators,
            Tensors = Graph.CollectTensors(new GraphProgram(graph.Window, output, operators)),
            TestVectors = [],
        };
    }
}
