namespace NanoFormer.Model;

/// <summary>A single operator of a window program by itself, as NUMERICS.md says.</summary>
public static class ReferenceStep
{
    private static readonly WindowTensor NoWindow = new(1, 1);

    /// <summary>The operator's result, int8, row-major.</summary>
    /// <param name="step">An operator that reads activations; not quantize.</param>
    /// <param name="input">The values of its input, row-major.</param>
    /// <param name="second">The values of its second input; empty where it has none, or a constant.</param>
    public static sbyte[] Run(Operator step, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> second = default)
    {
        var run = new ReferenceRun(NoWindow, [0]);
        run.Keep((ActivationTensor)step.Inputs[0], input.ToArray());
        if (!second.IsEmpty)
        {
            run.Keep((ActivationTensor)step.Inputs[1], second.ToArray());
        }

        run.Execute(step);
        return run.Activations[step.Output];
    }
}
