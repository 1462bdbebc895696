namespace NanoFormer.Model;

/// <summary>
/// Plans the arena offline. First the least memory that the program can run in, running row-wise operators as groups where that saves
/// memory; then, within the budget of the options, the fastest groups and as much as possible of the scratch the kernels wish for.
/// </summary>
public static class ArenaPlanner
{
    /// <summary>A plan for the window program of a graph. The same graph and options always give the same plan.</summary>
    public static ArenaPlan Plan(Graph graph, PlanOptions? options = null) => Plan(graph.Program, options?.ArenaBudget, isStep: false);

    /// <summary>A plan for the step program of a graph; null when it has none.</summary>
    public static ArenaPlan? PlanStep(Graph graph, PlanOptions? options = null) =>
        graph.Step is null ? null : Plan(graph.Step, options?.StepArenaBudget, isStep: true);

    private static ArenaPlan Plan(GraphProgram program, int? wantedBudget, bool isStep)
    {
        var choice = new GroupChoice(program, isStep);
        Func<Operator, int, int> due = wantedBudget is null ? ScratchWish.Lesser : (_, _) => 0;
        int budget = Math.Max(choice.LeastBytes(due), wantedBudget ?? 0);
        var tiling = new Tiling(program, choice.Fastest(budget, due));

        var plan = ArenaPlacement.Place(program, tiling, ScratchWithin(budget, program, tiling, isStep), isStep);
        if (plan.ArenaBytes > budget)
        {
            // All wishes do not fit beside each other: beyond what is due they take what lies free.
            int[] scratch = [.. program.Operators.Select((step, i) =>
                Alignment.RoundUp(step.ScratchBytes) + due(step, tiling.RowsAtATime(program, i)))];
            plan = ArenaPlacement.Place(program, tiling, scratch, isStep);
            plan = plan with { ArenaBytes = Math.Max(plan.ArenaBytes, budget & -Alignment.Bytes) };
        }

        return Trimmed(ScratchGrowth.Grow(program, tiling, plan));
    }

    /// <summary>The scratch each operator must have, and of its wish as much as the budget leaves beside what is alive.</summary>
    private static int[] ScratchWithin(int budget, GraphProgram program, Tiling tiling, bool isStep)
    {
        int[] scratch = [.. program.Operators.Select(step => step.ScratchBytes)];
        var buffers = ArenaBuffers.Of(program, tiling, InPlace.First, scratch, isStep);
        for (int i = 0; i < scratch.Length; i++)
        {
            int left = budget - buffers.Where(buffer => buffer.Lifetime.Contains(i)).Sum(buffer => buffer.Bytes);
            int wish = ScratchWish.Full(program.Operators[i], tiling.RowsAtATime(program, i));
            scratch[i] = Alignment.RoundUp(scratch[i]) + Math.Min(wish, Math.Max(left, 0) & -Alignment.Bytes);
        }

        return scratch;
    }

    /// <summary>The plan without bytes at the arena's end that nothing uses.</summary>
    private static ArenaPlan Trimmed(ArenaPlan plan)
    {
        IEnumerable<ArenaRegion> used = [.. plan.Tensors.Values, .. plan.Scratch, .. plan.States.Values, plan.Staging];
        return plan with { ArenaBytes = used.Max(region => Alignment.RoundUp(region.End)) };
    }
}

/// <summary>What an arena plan should aim at.</summary>
public sealed record PlanOptions
{
    /// <summary>
    /// Bytes up to which the arena of a window program may grow for the sake of speed: for scratch wishes and greater tiles. A plan that
    /// needs more to run at all takes more; 0 asks for the smallest. Null grows it just so far that every operator gets at least its
    /// lesser wish.
    /// </summary>
    public int? ArenaBudget { get; init; }

    /// <summary>The same for the arena of a step program.</summary>
    public int? StepArenaBudget { get; init; }

    /// <summary>As small as possible.</summary>
    public static PlanOptions Smallest => new() { ArenaBudget = 0, StepArenaBudget = 0 };
}
