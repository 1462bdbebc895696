namespace NanoFormer.Interchange.Tflite;

/// <summary>How a tensor's integers stand for real values: <c>scale * (q - zero point)</c>.</summary>
/// <param name="Scales">One, or one for each index along <paramref name="Dimension"/>.</param>
/// <param name="ZeroPoint">The value that stands for 0; with several scales, that of each.</param>
/// <param name="Dimension">The dimension that several scales run along.</param>
internal sealed record TfliteQuantization(IReadOnlyList<float> Scales, int ZeroPoint, int Dimension = 0)
{
    /// <summary>One scale for the whole tensor.</summary>
    public TfliteQuantization(float scale, int zeroPoint)
        : this([scale], zeroPoint)
    {
    }

    /// <summary>The scale of a tensor that has one.</summary>
    public float Scale => Scales[0];
}
