namespace NanoFormer.Interchange.Weights;

/// <summary>A named tensor of a weights file, as floats.</summary>
/// <param name="Shape">Row-major; none for a scalar.</param>
/// <param name="Values">As many as the shape says.</param>
public sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>A vector.</summary>
    public static WeightTensor Vector(float[] values) => new([values.Length], values);
}
