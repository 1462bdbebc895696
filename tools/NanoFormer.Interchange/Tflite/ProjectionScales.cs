namespace NanoFormer.Interchange;

/// <summary>The scales of a layer whose multipliers are given: with all of them times a power of 2, the multipliers stay.</summary>
/// <param name="Output">Of the layer's result.</param>
/// <param name="Weights">Of its weights.</param>
internal sealed record ProjectionScales(float Output, float[] Weights)
{
    /// <summary>The same, the output's scale as near to a value as a power of 2 brings it.</summary>
    public ProjectionScales Near(double scale) => Times((int)Math.Round(Math.Log2(scale / Output)));

    /// <summary>Two layers, the product of their outputs' scales near to a value, and each near to its root.</summary>
    public static (ProjectionScales First, ProjectionScales Second) ToProduct(
        ProjectionScales first, ProjectionScales second, double product)
    {
        var scaled = first.Near(Math.Sqrt(product));
        return (scaled, second.Near(product / scaled.Output));
    }

    private ProjectionScales Times(int exponent) =>
        new(MathF.ScaleB(Output, exponent), Array.ConvertAll(Weights, weight => MathF.ScaleB(weight, exponent)));
}
