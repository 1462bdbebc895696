namespace NanoFormer.Training.Quantizing;

/// <summary>The real values an activation takes.</summary>
internal readonly record struct ActivationRange(double Low, double High)
{
    private const double SmallestStep = 1e-6;

    /// <summary>This range moved a part of the way to another.</summary>
    public ActivationRange Toward(ActivationRange other, double part) =>
        new(Low + part * (other.Low - Low), High + part * (other.High - High));

    /// <summary>
    /// The int8 steps that span the range and hold 0 exactly. The scale is a float, so that float and double code agree on it.
    /// </summary>
    public Quantization ToQuantization()
    {
        double low = Math.Min(Low, 0);
        float scale = (float)Math.Max((Math.Max(High, 0) - low) / 255, SmallestStep);
        int zeroPoint = (int)Math.Clamp(Math.Round(sbyte.MinValue - low / scale), sbyte.MinValue, sbyte.MaxValue);
        return new Quantization(scale, zeroPoint);
    }
}
