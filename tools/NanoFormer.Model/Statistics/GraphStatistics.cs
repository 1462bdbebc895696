namespace NanoFormer.Model;

/// <summary>What a program costs to store and to run.</summary>
/// <param name="Operators">Of each operator, in the order they run.</param>
/// <param name="ArenaBytes">Arena of the plan.</param>
public sealed record GraphStatistics(IReadOnlyList<OperatorStatistics> Operators, int ArenaBytes)
{
    /// <summary>int8 multiplications of one window, or of one step.</summary>
    public long MultiplyAccumulates => Operators.Sum(step => step.MultiplyAccumulates);

    /// <summary>Bytes of all constants.</summary>
    public int ConstantBytes => Operators.Sum(step => step.ConstantBytes);

    /// <summary>The greatest number of arena bytes in use at once: no plan with the same groups and in-place results is smaller.</summary>
    public int PeakLiveBytes => Operators.Max(step => step.LiveBytes);

    /// <summary>The statistics of a graph's window program under a plan.</summary>
    public static GraphStatistics Of(Graph graph, ArenaPlan plan) => Of(graph.Program, plan);

    /// <summary>The statistics of a program under a plan.</summary>
    public static GraphStatistics Of(GraphProgram program, ArenaPlan plan)
    {
        var operators = program.Operators.Select((step, i) => new OperatorStatistics(
            step.Kind,
            step.Output.Rows,
            step.Output.Columns,
            step.MultiplyAccumulates,
            step.Constants.Sum(constant => constant.Bytes),
            plan.LiveBytes(program, i)));
        return new GraphStatistics([.. operators], plan.ArenaBytes);
    }
}
