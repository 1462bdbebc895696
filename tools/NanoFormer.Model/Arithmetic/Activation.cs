namespace NanoFormer.Model;

/// <summary>A non-linearity fused into an operator as limits on its int8 results.</summary>
public readonly record struct Activation
{
    private readonly bool _cutsNegative;
    private readonly double? _clip;

    private Activation(bool cutsNegative, double? clip)
    {
        _cutsNegative = cutsNegative;
        _clip = clip;
    }

    /// <summary>No non-linearity: the whole int8 range.</summary>
    public static Activation None => default;

    /// <summary><c>max(x, 0)</c>.</summary>
    public static Activation Relu => new(true, null);

    /// <summary><c>min(max(x, 0), clip)</c>; a clip of 6 is ReLU6.</summary>
    public static Activation ClippedRelu(double clip)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clip);
        return new Activation(true, clip);
    }

    /// <summary>The limits in quantized values of an output (NUMERICS.md, section 2.4).</summary>
    public ClampRange ToClampRange(Quantization output)
    {
        int low = _cutsNegative ? output.ZeroPoint : sbyte.MinValue;
        if (_clip is not { } limit)
        {
            return new ClampRange(low, sbyte.MaxValue);
        }

        double steps = Math.Round(limit / output.Scale, MidpointRounding.AwayFromZero);
        return new ClampRange(low, (int)Math.Min(output.ZeroPoint + steps, sbyte.MaxValue));
    }
}
