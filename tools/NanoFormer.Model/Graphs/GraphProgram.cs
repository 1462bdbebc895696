namespace NanoFormer.Model;

/// <summary>Operators in the order they run, from an input to an output: over a whole window, or over one step of a stream.</summary>
/// <param name="Input">What the caller brings.</param>
/// <param name="Output">The result, one row.</param>
/// <param name="Operators">The operators.</param>
public sealed record GraphProgram(WindowTensor Input, ActivationTensor Output, IReadOnlyList<Operator> Operators)
{
    /// <summary>The arena tensors in the order they are written.</summary>
    public IEnumerable<ActivationTensor> Activations => Operators.Select(step => step.Output);

    /// <summary>The input and every tensor the operators name, each once, in the order of first mention.</summary>
    public IEnumerable<Tensor> CollectTensors() => Operators.SelectMany(Mentioned).Prepend(Input).Distinct();

    private static IEnumerable<Tensor> Mentioned(Operator step)
    {
        yield return step.Input;
        if (step.SecondInput is { } second)
        {
            yield return second;
        }

        foreach (var constant in step.Constants)
        {
            yield return constant;
        }

        if (step.State is { } state)
        {
            yield return state;
        }

        yield return step.Output;
    }
}
