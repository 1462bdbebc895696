namespace NanoFormer.Model;

/// <summary>One run over one window: the values of the tensors so far.</summary>
internal sealed class ReferenceRun
{
    private readonly Dictionary<Tensor, sbyte[]> _tensors = [];
    private readonly Dictionary<ActivationTensor, sbyte[]> _activations = [];

    /// <summary>Begins with the values of a window tensor; those of an int8 window come as int16, too.</summary>
    /// <exception cref="ArgumentException">The window has another length, or values that its type does not hold.</exception>
    public ReferenceRun(WindowTensor input, short[] window)
    {
        if (window.Length != input.Count)
        {
            throw new ArgumentException($"A window holds {input.Count} values, not {window.Length}.", nameof(window));
        }

        Window = window;
        if (input.ElementType == ElementType.Int8)
        {
            _tensors.Add(input, ToInt8(window));
        }
    }

    /// <summary>The values of the window.</summary>
    public short[] Window { get; }

    /// <summary>The activations computed so far, row-major.</summary>
    public IReadOnlyDictionary<ActivationTensor, sbyte[]> Activations => _activations;

    /// <summary>The values of an int8 tensor: a constant, the int8 window, or an activation computed before.</summary>
    public ReadOnlySpan<sbyte> ValuesOf(Tensor tensor) =>
        tensor is ConstantTensor constant ? constant.Int8Values : _tensors[tensor];

    /// <summary>Keeps the result of an operator.</summary>
    public void Keep(ActivationTensor tensor, sbyte[] values)
    {
        _tensors.Add(tensor, values);
        _activations.Add(tensor, values);
    }

    /// <summary>Computes an operator that has no state, and keeps its result.</summary>
    public void Execute(Operator step)
    {
        sbyte[] output = new sbyte[step.Output.Count];
        step.Run(this, output);
        Keep(step.Output, output);
    }

    private static sbyte[] ToInt8(short[] window) => window.AsSpan().ContainsAnyExceptInRange(sbyte.MinValue, sbyte.MaxValue)
        ? throw new ArgumentException("An int8 window holds values of -128..127.", nameof(window))
        : Array.ConvertAll(window, value => (sbyte)value);
}
