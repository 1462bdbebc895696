namespace NanoFormer.Model;

/// <summary>Proves that no operator overwrites what another still has to read (MODEL-IMAGE.md, "The arena plan").</summary>
internal static class PlanValidator
{
    /// <exception cref="ModelImageException">BAD_PLAN.</exception>
    public static void Validate(Graph graph, ArenaPlan plan)
    {
        IReadOnlyDictionary<ActivationTensor, Lifetime> lifetimes = Lifetime.Of(graph);
        for (int i = 0; i < graph.Operators.Count; i++)
        {
            Operator step = graph.Operators[i];
            ArenaRegion output = plan.Tensors[step.Output];
            ArenaRegion scratch = plan.Scratch[i];
            Require(!output.Overlaps(scratch), i, "has its output on its scratch");
            foreach ((ActivationTensor tensor, Lifetime lifetime) in lifetimes)
            {
                if (tensor == step.Output || !lifetime.Contains(i))
                {
                    continue;
                }

                ArenaRegion alive = plan.Tensors[tensor];
                Require(!scratch.Overlaps(alive), i, "has its scratch on a live tensor");
                // The result of an add may lie exactly on an operand that nothing reads later.
                bool isInPlace = step is Add && lifetime.Last == i && output == alive;
                Require(isInPlace || !output.Overlaps(alive), i, "has its output on a live tensor");
            }
        }
    }

    private static void Require(bool condition, int index, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadPlan, $"operator {index} {fault}");
        }
    }
}
