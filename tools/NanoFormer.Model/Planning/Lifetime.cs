namespace NanoFormer.Model;

/// <summary>The operators, by index and inclusive, from a tensor's writer to its last reader.</summary>
public readonly record struct Lifetime(int First, int Last)
{
    /// <summary>Whether both are alive while some operator runs.</summary>
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;

    /// <summary>Whether alive while the operator of this index runs.</summary>
    public bool Contains(int operatorIndex) => First <= operatorIndex && operatorIndex <= Last;

    /// <summary>
    /// The lifetimes of all tensors that the graph's operators write; the output tensor's reaches past the last operator.
    /// </summary>
    /// <exception cref="ModelImageException">BAD_PLAN: a tensor is read before it is written, written twice or never.</exception>
    public static IReadOnlyDictionary<ActivationTensor, Lifetime> Of(Graph graph)
    {
        var lifetimes = new Dictionary<ActivationTensor, Lifetime>();
        for (int i = 0; i < graph.Operators.Count; i++)
        {
            Operator step = graph.Operators[i];
            foreach (ActivationTensor input in step.Inputs)
            {
                lifetimes[input] = lifetimes.TryGetValue(input, out Lifetime lifetime)
                    ? lifetime with { Last = i }
                    : throw Refused($"operator {i} reads a tensor that no earlier operator writes");
            }

            if (!lifetimes.TryAdd(step.Output, new Lifetime(i, i)))
            {
                throw Refused($"operator {i} writes a tensor that an earlier operator wrote");
            }
        }

        if (graph.Tensors.OfType<ActivationTensor>().Append(graph.Output).Any(tensor => !lifetimes.ContainsKey(tensor)))
        {
            throw Refused("a tensor of the arena is never written");
        }

        lifetimes[graph.Output] = lifetimes[graph.Output] with { Last = graph.Operators.Count };
        return lifetimes;
    }

    private static ModelImageException Refused(string detail) => new(ModelImageError.BadPlan, detail);
}
