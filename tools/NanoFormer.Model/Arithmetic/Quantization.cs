namespace NanoFormer.Model;

/// <summary>How int8 values stand for real ones: <c>real = Scale * (q - ZeroPoint)</c>.</summary>
/// <param name="Scale">Real size of one step, above 0.</param>
/// <param name="ZeroPoint">The value that stands for 0, in -128..127.</param>
public readonly record struct Quantization(double Scale, int ZeroPoint)
{
    /// <summary>The quantization of probabilities: scale 1/256, zero point -128.</summary>
    public static Quantization Probability => new(1.0 / 256, sbyte.MinValue);

    internal Quantization Validated(string name)
    {
        if (!double.IsFinite(Scale) || Scale <= 0 || ZeroPoint is < sbyte.MinValue or > sbyte.MaxValue)
        {
            throw new ArgumentOutOfRangeException(name, this, "A quantization needs a positive scale and an int8 zero point.");
        }

        return this;
    }
}
