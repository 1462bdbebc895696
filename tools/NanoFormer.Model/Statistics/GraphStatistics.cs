namespace NanoFormer.Model;

/// <summary>What a graph costs to store and to run.</summary>
/// <param name="Operators">Of each operator, in the order they run.</param>
/// <param name="ArenaBytes">Arena of the plan.</param>
public sealed record GraphStatistics(IReadOnlyList<OperatorStatistics> Operators, int ArenaBytes)
{
    /// <summary>int8 multiplications of one window.</summary>
    public long MultiplyAccumulates => Operators.Sum(step => step.MultiplyAccumulates);

    /// <summary>Bytes of all constants.</summary>
    public int ConstantBytes => Operators.Sum(step => step.ConstantBytes);

    /// <summary>The greatest number of arena bytes in use at once: no plan with the same in-place adds is smaller.</summary>
    public int PeakLiveBytes => Operators.Max(step => step.LiveBytes);

    /// <summary>The statistics of a graph under a plan.</summary>
    public static GraphStatistics Of(Graph graph, ArenaPlan plan)
    {
        IReadOnlyDictionary<ActivationTensor, Lifetime> lifetimes = Lifetime.Of(graph);
        return new GraphStatistics([.. graph.Operators.Select((step, i) => OfOperator(step, i, lifetimes, plan))], plan.ArenaBytes);
    }

    private static OperatorStatistics OfOperator(Operator step, int index, IReadOnlyDictionary<ActivationTensor, Lifetime> lifetimes,
        ArenaPlan plan)
    {
        // The result of an add in place shares its region with an operand, and counts once.
        IEnumerable<ArenaRegion> live = lifetimes
            .Where(pair => pair.Value.Contains(index))
            .Select(pair => plan.Tensors[pair.Key])
            .Distinct();
        int liveBytes = live.Append(plan.Scratch[index]).Sum(region => Alignment.RoundUp(region.Bytes));
        return new OperatorStatistics(
            step.Kind,
            step.Output.Rows,
            step.Output.Columns,
            step.MultiplyAccumulates,
            step.Constants.Sum(constant => constant.Bytes),
            liveBytes);
    }
}
