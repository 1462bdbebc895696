namespace NanoFormer.Model;

/// <summary>
/// Plans the arena offline: "greedy by size" (Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net Inference, 2020),
/// tried with several orders and with results of adds on and off their operands; the smallest plan wins.
/// </summary>
public static class ArenaPlanner
{
    private const int RandomOrders = 32;

    /// <summary>The smallest plan found for a graph. The same graph always gives the same plan.</summary>
    public static ArenaPlan Plan(Graph graph)
    {
        IReadOnlyList<ArenaBuffer>[] candidates =
        [
            ArenaBuffers.Of(graph, InPlace.First),
            ArenaBuffers.Of(graph, InPlace.Second),
            ArenaBuffers.Of(graph, InPlace.Never),
        ];
        int lowerBound = candidates.Min(LowerBound);

        ArenaPlan? best = null;
        foreach (IReadOnlyList<ArenaBuffer> buffers in candidates)
        {
            foreach (IEnumerable<ArenaBuffer> order in Orders(buffers))
            {
                ArenaPlan plan = Place(graph, order);
                best = best is null || plan.ArenaBytes < best.ArenaBytes ? plan : best;
                if (best.ArenaBytes == lowerBound)
                {
                    return best;
                }
            }
        }

        return best!;
    }

    /// <summary>No plan is smaller than the bytes alive at once.</summary>
    private static int LowerBound(IReadOnlyList<ArenaBuffer> buffers) =>
        buffers.Max(at => buffers.Where(buffer => buffer.Lifetime.Contains(at.Lifetime.First)).Sum(buffer => buffer.Bytes));

    private static IEnumerable<IEnumerable<ArenaBuffer>> Orders(IReadOnlyList<ArenaBuffer> buffers)
    {
        yield return buffers.OrderByDescending(buffer => buffer.Bytes).ThenBy(buffer => buffer.Lifetime.First);
        yield return buffers.OrderByDescending(buffer => (long)buffer.Bytes * (buffer.Lifetime.Last - buffer.Lifetime.First + 1));
        yield return buffers.OrderBy(buffer => buffer.Lifetime.First).ThenByDescending(buffer => buffer.Bytes);
        for (int seed = 0; seed < RandomOrders; seed++)
        {
            ArenaBuffer[] order = [.. buffers];
            new Random(seed).Shuffle(order);
            yield return order;
        }
    }

    /// <summary>Puts each buffer in turn at the lowest offset where nothing alive at the same time lies.</summary>
    private static ArenaPlan Place(Graph graph, IEnumerable<ArenaBuffer> order)
    {
        var placed = new List<(ArenaBuffer Buffer, ArenaRegion Region)>();
        var tensors = new Dictionary<ActivationTensor, ArenaRegion>();
        var scratch = new ArenaRegion[graph.Operators.Count];
        foreach (ArenaBuffer buffer in order)
        {
            int offset = LowestFreeOffset(buffer, placed);
            placed.Add((buffer, new ArenaRegion(offset, buffer.Bytes)));
            foreach (ActivationTensor tensor in buffer.Tensors)
            {
                tensors.Add(tensor, new ArenaRegion(offset, tensor.Bytes));
            }

            if (buffer.ScratchOf is int operatorIndex)
            {
                scratch[operatorIndex] = new ArenaRegion(offset, buffer.Bytes);
            }
        }

        return new ArenaPlan(placed.Max(pair => pair.Region.End), tensors, scratch);
    }

    private static int LowestFreeOffset(ArenaBuffer buffer, List<(ArenaBuffer Buffer, ArenaRegion Region)> placed)
    {
        IEnumerable<ArenaRegion> obstacles = placed
            .Where(other => other.Buffer.Lifetime.Overlaps(buffer.Lifetime))
            .Select(other => other.Region)
            .OrderBy(region => region.Offset);

        int offset = 0;
        foreach (ArenaRegion region in obstacles)
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
