namespace NanoFormer.Model;

/// <summary>The constants of a layer normalization from its real ones (NUMERICS.md, section 3.11).</summary>
internal static class LayerNormConstants
{
    private const int MaxWeight = 127;

    /// <summary>Normalized values are in steps of <c>sqrt(C) / 2^15</c>.</summary>
    private const int NormalizedBits = 15;

    /// <summary>
    /// Weights int8 <c>[1][C]</c>, of magnitude 127 but where a bias that is great beside its gain needs a coarser step, and channel
    /// constants int32 <c>[3][C]</c>.
    /// </summary>
    public static (ConstantTensor Weights, ConstantTensor Constants) Create(ReadOnlySpan<double> gains, ReadOnlySpan<double> biases,
        double outputScale)
    {
        int columns = gains.Length;
        double normalizedStep = Math.ScaleB(Math.Sqrt(columns), -NormalizedBits);
        var weights = new sbyte[columns];
        var folded = new int[columns];
        var multipliers = new FixedMultiplier[columns];
        for (int c = 0; c < columns; c++)
        {
            double smallest = Math.Abs(biases[c]) / (normalizedStep * ImageFormat.MaxFoldedBias);
            double scale = Math.Max(Math.Abs(gains[c]) / MaxWeight, smallest);
            if (scale == 0)
            {
                continue;
            }

            weights[c] = (sbyte)Math.Round(gains[c] / scale, MidpointRounding.AwayFromZero);
            folded[c] = (int)Math.Round(biases[c] / (scale * normalizedStep), MidpointRounding.AwayFromZero);
            multipliers[c] = FixedMultiplier.FromReal(scale * normalizedStep / outputScale);
        }

        return (ConstantTensor.FromInt8(1, columns, weights), ChannelConstants.Create(folded, multipliers));
    }

    /// <summary>A real epsilon, added to the variance, in steps of the integer one.</summary>
    public static uint Epsilon(double epsilon, int columns, double inputScale)
    {
        double steps = Math.Round(epsilon * Math.Pow(columns, 3) / (inputScale * inputScale), MidpointRounding.AwayFromZero);
        return (uint)Math.Clamp(steps, 1, uint.MaxValue);
    }
}
