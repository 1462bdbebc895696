namespace NanoFormer.Model;

/// <summary>
/// Places buffers in the arena: "greedy by size" (Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net Inference, 2020),
/// tried with several orders and with results on and off their operands; the smallest placement wins.
/// </summary>
internal static class ArenaPlacement
{
    private const int RandomOrders = 32;

    /// <summary>The smallest plan found. The same arguments always give the same plan.</summary>
    public static ArenaPlan Place(GraphProgram program, Tiling tiling, IReadOnlyList<int> scratchBytes, bool isStep)
    {
        InPlace[] choices = [InPlace.First, InPlace.Second, InPlace.Never];
        IReadOnlyList<ArenaBuffer>[] candidates =
            [.. choices.Select(inPlace => ArenaBuffers.Of(program, tiling, inPlace, scratchBytes, isStep))];
        int lowerBound = candidates.Min(LowerBound);

        ArenaPlan? best = null;
        foreach (var buffers in candidates)
        {
            foreach (var order in Orders(buffers))
            {
                var plan = Place(program, tiling, order);
                best = best is null || plan.ArenaBytes < best.ArenaBytes ? plan : best;
                if (best.ArenaBytes == lowerBound)
                {
                    return best;
                }
            }
        }

        return best!;
    }

    /// <summary>Puts each buffer in turn at the lowest offset where nothing alive at the same time lies.</summary>
    public static ArenaPlan Place(GraphProgram program, Tiling tiling, IEnumerable<ArenaBuffer> order)
    {
        var placed = new List<(ArenaBuffer Buffer, ArenaRegion Region)>();
        var tensors = new Dictionary<ActivationTensor, ArenaRegion>();
        var states = new Dictionary<StateTensor, ArenaRegion>();
        var scratch = new ArenaRegion[program.Operators.Count];
        foreach (var buffer in order)
        {
            int offset = LowestFreeOffset(buffer, placed);
            placed.Add((buffer, new ArenaRegion(offset, buffer.Bytes)));
            foreach (var tensor in buffer.Tensors)
            {
                tensors.Add(tensor, new ArenaRegion(offset, tiling.BytesOf(tensor)));
            }

            if (buffer.State is { } state)
            {
                states.Add(state, new ArenaRegion(offset, state.Bytes));
            }

            if (buffer.ScratchOf is int operatorIndex)
            {
                scratch[operatorIndex] = new ArenaRegion(offset, buffer.Bytes);
            }
        }

        return new ArenaPlan(placed.Max(pair => pair.Region.End), tensors, scratch)
        {
            Groups = tiling.Groups,
            States = states,
            Staging = placed.FirstOrDefault(pair => pair.Buffer.IsStaging).Region,
        };
    }

    /// <summary>No plan is smaller than the bytes alive at once.</summary>
    private static int LowerBound(IReadOnlyList<ArenaBuffer> buffers) =>
        buffers.Max(at => buffers.Where(buffer => buffer.Lifetime.Contains(at.Lifetime.First)).Sum(buffer => buffer.Bytes));

    private static IEnumerable<IEnumerable<ArenaBuffer>> Orders(IReadOnlyList<ArenaBuffer> buffers)
    {
        yield return buffers.OrderByDescending(buffer => buffer.Bytes).ThenBy(buffer => buffer.Lifetime.First);
        yield return buffers.OrderByDescending(buffer => (long)buffer.Bytes * (buffer.Lifetime.Last - buffer.Lifetime.First + 1));
        yield return buffers.OrderByDescending(buffer => buffer.Lifetime.Last - buffer.Lifetime.First).ThenBy(buffer => buffer.Bytes);
        yield return buffers.OrderBy(buffer => buffer.Lifetime.First).ThenByDescending(buffer => buffer.Bytes);
        for (int seed = 0; seed < RandomOrders; seed++)
        {
            ArenaBuffer[] order = [.. buffers];
            new Random(seed).Shuffle(order);
            yield return order;
        }
    }

    private static int LowestFreeOffset(ArenaBuffer buffer, List<(ArenaBuffer Buffer, ArenaRegion Region)> placed)
    {
        IEnumerable<ArenaRegion> obstacles = placed
            .Where(other => other.Buffer.Lifetime.Overlaps(buffer.Lifetime))
            .Select(other => other.Region)
            .OrderBy(region => region.Offset);

        int offset = 0;
        foreach (var region in obstacles)
        {
            if (offset + buffer.Bytes <= region.Offset)
            {
                break;
            }

            offset = Math.Max(offset, region.End);
        }

        return offset;
    }
}
