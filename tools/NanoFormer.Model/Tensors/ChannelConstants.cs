namespace NanoFormer.Model;

/// <summary>A view of an int32 <c>[3][channels]</c> constant: what a kernel needs for each output channel.</summary>
public readonly ref struct ChannelConstants
{
    private readonly ReadOnlySpan<int> _values;

    /// <summary>Views a <c>[3][channels]</c> int32 tensor.</summary>
    public ChannelConstants(ConstantTensor tensor)
    {
        Count = tensor.Columns;
        _values = tensor.Int32Values;
    }

    /// <summary>Number of channels.</summary>
    public int Count { get; }

    /// <summary>The folded biases; for quantize, the offsets.</summary>
    public ReadOnlySpan<int> Biases => _values[..Count];

    /// <summary>The multipliers' mantissas.</summary>
    public ReadOnlySpan<int> Mantissas => _values.Slice(Count, Count);

    /// <summary>The multipliers' shifts.</summary>
    public ReadOnlySpan<int> Shifts => _values.Slice(2 * Count, Count);

    /// <summary>The multiplier of a channel.</summary>
    public FixedMultiplier Multiplier(int channel) => new(Mantissas[channel], Shifts[channel]);

    /// <summary>The tensor that holds one bias (or offset) and one multiplier per channel.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ConstantTensor Create(ReadOnlySpan<int> biases, ReadOnlySpan<FixedMultiplier> multipliers)
    {
        if (biases.Length != multipliers.Length)
        {
            throw new ArgumentException($"{biases.Length} biases do not go with {multipliers.Length} multipliers.", nameof(biases));
        }

        int count = biases.Length;
        int[] values = new int[3 * count];
        biases.CopyTo(values);
        for (int i = 0; i < count; i++)
        {
            values[count + i] = multipliers[i].Mantissa;
            values[2 * count + i] = multipliers[i].Shift;
        }

        return ConstantTensor.FromInt32(3, count, values);
    }
}
