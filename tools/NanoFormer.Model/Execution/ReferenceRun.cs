namespace NanoFormer.Model;

/// <summary>One run over one window: the values of the tensors so far.</summary>
internal sealed class ReferenceRun
{
    private readonly short[] _window;
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

        _window = window;
        if (input.ElementType == ElementType.Int8)
        {
            _tensors.Add(input, ToInt8(window));
        }
    }

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
        var output = new sbyte[step.Output.Count];
        switch (step)
        {
            case Quantize quantize:
                ReferenceOperators.Quantize(_window, quantize.Input.Columns, quantize.FirstChannel, quantize.Step,
                    new ChannelConstants(quantize.ChannelConstants), step.Output.ZeroPoint, output);
                break;
            case Convolution conv:
                Convolve(conv, ValuesOf(conv.Input), output);
                break;
            case Linear linear:
                ReferenceOperators.Linear(ValuesOf(linear.Input), linear.Weights.Int8Values,
                    new ChannelConstants(linear.ChannelConstants), step.Output.ZeroPoint, linear.Clamp, output);
                break;
            case Attention attention:
                ReferenceAttention.Run(attention, ValuesOf(attention.Input), output);
                break;
            case LinearAttention attention:
                for (int head = 0; head < attention.Heads; head++)
                {
                    new LinearAttentionHead(attention, head).Run(ValuesOf(attention.Input), output);
                }

                break;
            case BinaryOperator binary:
                Combine(binary, ValuesOf(binary.Input), ValuesOf(binary.Second), output);
                break;
            default:
                Transform(step, ValuesOf(step.Input), output);
                break;
        }

        Keep(step.Output, output);
    }

    /// <summary>Either convolution of <paramref name="input"/>, which may be longer than its input tensor.</summary>
    public static void Convolve(Convolution conv, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int zeroPoint = conv.Output.ZeroPoint;
        var constants = new ChannelConstants(conv.ChannelConstants);
        if (conv is Conv1d)
        {
            ReferenceOperators.Conv1d(input, conv.Input.Columns, conv.Input.ZeroPoint, conv.Weights.Int8Values, constants,
                conv.Stride, conv.PadLeft, zeroPoint, conv.Clamp, output);
            return;
        }

        ReferenceOperators.DepthwiseConv1d(input, conv.Input.ZeroPoint, conv.Weights.Int8Values, constants,
            conv.Stride, conv.PadLeft, zeroPoint, conv.Clamp, output);
    }

    private static void Combine(BinaryOperator step, ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second, Span<sbyte> output)
    {
        switch (step)
        {
            case Add add:
                ReferenceOperators.Add(first, add.Input.ZeroPoint, add.FirstMultiplier, second, add.Second.ZeroPoint,
                    add.SecondMultiplier, add.OutputMultiplier, add.Output.ZeroPoint, add.Clamp, output);
                break;
            case Concat concat:
                ReferenceConcat.Run(concat, first, second, output);
                break;
            case ReconstructionError error:
                ReferenceError.Run(error, first, second, output);
                break;
            default:
                throw new NotSupportedException($"{step.Kind} has no reference implementation.");
        }
    }

    private static void Transform(Operator step, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        switch (step)
        {
            case Mean mean:
                ReferenceOperators.Mean(input, mean.Input.ZeroPoint, mean.Multiplier, mean.Output.ZeroPoint, output);
                break;
            case Softmax softmax:
                ReferenceOperators.Softmax(input, softmax.Input.Columns, softmax.Exponentials.Scale, output);
                break;
            case Lookup lookup:
                ReferenceOperators.Lookup(input, lookup.Table.Int8Values, output);
                break;
            case LayerNorm norm:
                ReferenceNormalization.Run(norm, input, output);
                break;
            case Last:
                input[^output.Length..].CopyTo(output);
                break;
            case AttentionPool pool:
                ReferenceAttention.Pool(pool, input, output);
                break;
            default:
                throw new NotSupportedException($"{step.Kind} has no reference implementation.");
        }
    }

    private static sbyte[] ToInt8(short[] window) => window.AsSpan().ContainsAnyExceptInRange(sbyte.MinValue, sbyte.MaxValue)
        ? throw new ArgumentException("An int8 window holds values of -128..127.", nameof(window))
        : Array.ConvertAll(window, value => (sbyte)value);
}
