namespace NanoFormer.Model;

/// <summary>
/// A non-negative real factor in fixed point: <c>mantissa * 2^(shift - 31)</c> (NUMERICS.md, section 2).
/// Arithmetic uses shifts of -31..30; scales that are only described, such as those of tensors, may use -62..31.
/// </summary>
public readonly record struct FixedMultiplier(int Mantissa, int Shift)
{
    /// <summary>The smallest shift of a multiplier that arithmetic uses.</summary>
    public const int MinShift = -31;

    /// <summary>The greatest shift of a multiplier that arithmetic uses.</summary>
    public const int MaxShift = 30;

    /// <summary>Whether kernels can compute with this multiplier.</summary>
    public bool IsComputable => Mantissa >= 0 && Shift is >= MinShift and <= MaxShift;

    /// <summary>The real factor, exactly.</summary>
    public double ToReal() => Math.ScaleB(Mantissa, Shift - 31);

    /// <summary>
    /// The nearest multiplier with a 31-bit mantissa, halves away from zero; factors below 2^-32 become zero.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, not finite, or 2^30 and more.</exception>
    public static FixedMultiplier FromReal(double factor)
    {
        if (!double.IsFinite(factor) || factor < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor must be finite and not negative.");
        }

        if (factor == 0)
        {
            return default;
        }

        int shift = Math.ILogB(factor) + 1;
        long mantissa = (long)Math.Round(Math.ScaleB(factor, 31 - shift), MidpointRounding.AwayFromZero);
        if (mantissa == 1L << 31)
        {
            mantissa >>= 1;
            shift++;
        }

        if (shift < MinShift)
        {
            return default;
        }

        return shift <= MaxShift
            ? new FixedMultiplier((int)mantissa, shift)
            : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor must lie below 2^30.");
    }
}
