namespace NanoFormer.Model;

/// <summary>Proves that no operator overwrites what another still has to read (MODEL-IMAGE.md, "The arena plan").</summary>
internal static class PlanValidator
{
    /// <exception cref="ModelImageException">BAD_PLAN.</exception>
    public static void Validate(GraphProgram program, ArenaPlan plan)
    {
        var tiling = new Tiling(program, plan.Groups);
        var lifetimes = new Lifetimes(program, tiling);
        for (int i = 0; i < program.Operators.Count; i++)
        {
            var step = program.Operators[i];
            var output = plan.Tensors[step.Output];
            var scratch = plan.Scratch[i];
            Require(!output.Overlaps(scratch), i, "has its output on its scratch");
            foreach ((var tensor, var lifetime) in lifetimes.All)
            {
                if (tensor == step.Output || !lifetime.Contains(i))
                {
                    continue;
                }

                var alive = plan.Tensors[tensor];
                Require(!scratch.Overlaps(alive), i, "has its scratch on a live tensor");
                bool isInPlace = output == alive && MayOverwrite(step, i, tensor, tiling, lifetimes);
                Require(isInPlace || !output.Overlaps(alive), i, "has its output on a live tensor");
            }
        }

        ValidateLasting(plan);
    }

    /// <summary>The result of some operators may lie exactly on an input of its shape that nothing reads later.</summary>
    public static bool MayOverwrite(Operator step, int index, ActivationTensor input, Tiling tiling, Lifetimes lifetimes) =>
        step.CanRunInPlace
        && step.Inputs.Contains(input)
        && lifetimes.IsLastUse(input, index)
        && tiling.RowsOf(input) == tiling.RowsOf(step.Output)
        && input.Columns == step.Output.Columns;

    private static void ValidateLasting(ArenaPlan plan)
    {
        ArenaRegion[] lasting = [.. plan.States.Values, plan.Staging];
        ArenaRegion[] passing = [.. plan.Tensors.Values, .. plan.Scratch];
        for (int i = 0; i < lasting.Length; i++)
        {
            bool isAlone = !passing.Concat(lasting[(i + 1)..]).Any(lasting[i].Overlaps);
            if (!isAlone)
            {
                throw new ModelImageException(ModelImageError.BadPlan, "a state or the staging room lies on something else");
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
