namespace NanoFormer.Model;

/// <summary>Gathers what the planner has to place.</summary>
internal static class ArenaBuffers
{
    public static IReadOnlyList<ArenaBuffer> Of(Graph graph, InPlace inPlace)
    {
        IReadOnlyDictionary<ActivationTensor, Lifetime> lifetimes = Lifetime.Of(graph);
        var chains = new Dictionary<ActivationTensor, List<ActivationTensor>>();
        var buffers = new List<ArenaBuffer>();
        for (int i = 0; i < graph.Operators.Count; i++)
        {
            Operator step = graph.Operators[i];
            ActivationTensor? overwritten = Overwritten(step, i, lifetimes, inPlace);
            List<ActivationTensor> chain = overwritten is null ? [] : chains[overwritten];
            chain.Add(step.Output);
            chains.Add(step.Output, chain);
            if (step.ScratchBytes > 0)
            {
                buffers.Add(new ArenaBuffer([], i, Alignment.RoundUp(step.ScratchBytes), new Lifetime(i, i)));
            }
        }

        foreach (List<ActivationTensor> chain in chains.Values.Distinct())
        {
            var lifetime = new Lifetime(lifetimes[chain[0]].First, lifetimes[chain[^1]].Last);
            buffers.Add(new ArenaBuffer(chain, null, Alignment.RoundUp(chain[0].Bytes), lifetime));
        }

        return buffers;
    }

    /// <summary>The operand that the operator's result may take the place of; null when there is none.</summary>
    private static ActivationTensor? Overwritten(Operator step, int index,
        IReadOnlyDictionary<ActivationTensor, Lifetime> lifetimes, InPlace inPlace)
    {
        if (step is not Add || inPlace == InPlace.Never)
        {
            return null;
        }

        IEnumerable<ActivationTensor> operands = inPlace == InPlace.First ? step.Inputs : step.Inputs.Reverse();
        return operands.FirstOrDefault(operand => lifetimes[operand].Last == index);
    }
}
