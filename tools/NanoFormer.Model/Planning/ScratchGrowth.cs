namespace NanoFormer.Model;

/// <summary>Gives operators the scratch they wish for where the arena is free while they run.</summary>
internal static class ScratchGrowth
{
    /// <summary>The plan with the scratch of every operator grown, or moved to a greater gap, within the same arena.</summary>
    public static ArenaPlan Grow(GraphProgram program, Tiling tiling, ArenaPlan plan)
    {
        var lifetimes = new Lifetimes(program, tiling);
        ArenaRegion[] scratch = [.. plan.Scratch];
        for (int i = 0; i < scratch.Length; i++)
        {
            var step = program.Operators[i];
            int wanted = step.ScratchBytes + ScratchWish.Full(step, tiling.RowsAtATime(program, i));
            var gap = GreatestGap(i, plan, lifetimes);
            if (gap.Bytes > scratch[i].Bytes && wanted > scratch[i].Bytes)
            {
                scratch[i] = gap with { Bytes = Math.Min(gap.Bytes, Alignment.RoundUp(wanted)) };
            }
        }

        return plan with { Scratch = scratch };
    }

    private static ArenaRegion GreatestGap(int index, ArenaPlan plan, Lifetimes lifetimes)
    {
        IEnumerable<ArenaRegion> taken = lifetimes.All
            .Where(pair => pair.Value.Contains(index))
            .Select(pair => plan.Tensors[pair.Key])
            .Concat(plan.States.Values)
            .Append(plan.Staging)
            .Append(new ArenaRegion(plan.ArenaBytes, 0))
            .OrderBy(region => region.Offset);
        ArenaRegion greatest = default;
        int end = 0;
        foreach (var region in taken)
        {
            greatest = region.Offset - end > greatest.Bytes ? new ArenaRegion(end, region.Offset - end) : greatest;
            end = Math.Max(end, Alignment.RoundUp(region.End));
        }

        return greatest;
    }
}
