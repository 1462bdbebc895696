namespace NanoFormer.Model;

/// <summary>The lifetimes of all tensors that a program's operators write, under a tiling.</summary>
public sealed class Lifetimes
{
    private readonly Dictionary<ActivationTensor, Lifetime> _used = [];
    private readonly Dictionary<ActivationTensor, Lifetime> _alive = [];

    /// <summary>
    /// From the writer to the last reader; the output's reaches past the last operator. A whole tensor of a group lives at least
    /// while the group runs.
    /// </summary>
    /// <exception cref="ModelImageException">BAD_PLAN: a tensor is read before it is written, or written twice.</exception>
    public Lifetimes(GraphProgram program, Tiling tiling)
    {
        for (int i = 0; i < program.Operators.Count; i++)
        {
            var step = program.Operators[i];
            foreach (var input in step.Inputs)
            {
                _used[input] = _used.TryGetValue(input, out var lifetime)
                    ? lifetime with { Last = i }
                    : throw Refused($"operator {i} reads a tensor that no earlier operator writes");
            }

            if (!_used.TryAdd(step.Output, new Lifetime(i, i)))
            {
                throw Refused($"operator {i} writes a tensor that an earlier operator wrote");
            }
        }

        if (!_used.TryGetValue(program.Output, out var output))
        {
            throw Refused("the output is never written");
        }

        _used[program.Output] = output with { Last = program.Operators.Count };
        foreach ((var tensor, var lifetime) in _used)
        {
            _alive[tensor] = tiling.IsTile(tensor) ? lifetime : Extended(tensor, lifetime, program, tiling);
        }
    }

    /// <summary>The lifetime of every tensor.</summary>
    public IReadOnlyDictionary<ActivationTensor, Lifetime> All => _alive;

    /// <summary>Whether no operator after this one reads the tensor, which is not the output either.</summary>
    public bool IsLastUse(ActivationTensor tensor, int operatorIndex) => _used[tensor].Last == operatorIndex;

    /// <summary>Index of the operator that writes the tensor.</summary>
    public int WriterOf(ActivationTensor tensor) => _used[tensor].First;

    private static Lifetime Extended(ActivationTensor tensor, Lifetime lifetime, GraphProgram program, Tiling tiling)
    {
        foreach (var group in tiling.Groups)
        {
            var operators = program.Operators.Skip(group.First).Take(group.Count);
            if (operators.Any(step => step.Output == tensor || step.Inputs.Contains(tensor)))
            {
                lifetime = lifetime.Over(group);
            }
        }

        return lifetime;
    }

    private static ModelImageException Refused(string detail) => new(ModelImageError.BadPlan, detail);
}

/// <summary>The operators, by index and inclusive, during which a tensor's place must not be used otherwise.</summary>
public readonly record struct Lifetime(int First, int Last)
{
    /// <summary>Whether both are alive while some operator runs.</summary>
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;

    /// <summary>Whether alive while the operator of this index runs.</summary>
    public bool Contains(int operatorIndex) => First <= operatorIndex && operatorIndex <= Last;

    /// <summary>Reaches at least over the operators of a group.</summary>
    public Lifetime Over(OperatorGroup group) => new(Math.Min(First, group.First), Math.Max(Last, group.Last));
}
