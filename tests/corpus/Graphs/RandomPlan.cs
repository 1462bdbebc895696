using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random valid arena plans, unlike what the planner makes: groups of any length and tile, results on or off their operands, scratch from
/// none beyond what is due to plenty, and buffers in any order.
/// </summary>
public static class RandomPlan
{
    /// <summary>A plan for the window program.</summary>
    public static ArenaPlan Create(Graph graph, Random random) => Create(graph.Program, random, isStep: false);

    /// <summary>A plan for the step program; null without one.</summary>
    public static ArenaPlan? CreateStep(Graph graph, Random random) =>
        graph.Step is null ? null : Create(graph.Step, random, isStep: true);

    private static ArenaPlan Create(GraphProgram program, Random random, bool isStep)
    {
        var tiling = new Tiling(program, [.. Groups(program, random)]);
        int[] scratch = [.. program.Operators.Select((step, i) => step.ScratchBytes + Extra(step, tiling.RowsAtATime(program, i), random))];
        var inPlace = (InPlace)random.Next(3);
        ArenaBuffer[] order = [.. ArenaBuffers.Of(program, tiling, inPlace, scratch, isStep)];
        random.Shuffle(order);
        return ArenaPlacement.Place(program, tiling, order);
    }

    private static IEnumerable<OperatorGroup> Groups(GraphProgram program, Random random)
    {
        var operators = program.Operators;
        for (int first = 0; first < operators.Count; first++)
        {
            int rows = operators[first].Output.Rows;
            int longest = operators.Skip(first).TakeWhile(step => step.CanJoinGroup && step.Output.Rows == rows).Count();
            if (longest >= 2 && random.Next(4) > 0)
            {
                int count = random.Next(2, longest + 1);
                yield return new OperatorGroup(first, count, random.Next(1, rows + 1));
                first += count - 1;
            }
        }
    }

    private static int Extra(Operator step, int rows, Random random) => random.Next(5) switch
    {
        0 => ScratchWish.Full(step, rows),
        1 => ScratchWish.Lesser(step, rows),
        2 => 16 * random.Next(40),
        _ => 0,
    };
}
