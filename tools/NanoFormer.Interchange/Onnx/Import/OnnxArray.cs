using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>
/// A tensor of a file, for one window: what its elements are, where they lie, and what has been done to each of them since.
/// </summary>
/// <param name="Origin">What the elements are of.</param>
/// <param name="Layout">Which they are.</param>
/// <param name="Function">What was done to each; null for nothing.</param>
internal sealed record OnnxArray(ArrayOrigin Origin, ArrayLayout Layout, Func<double, double>? Function = null)
{
    /// <summary>Its shape.</summary>
    public int[] Shape => Layout.Shape;

    /// <summary>Whether its elements are known numbers.</summary>
    public bool IsConstant => Origin is ConstantOrigin;

    /// <summary>Known numbers.</summary>
    public static OnnxArray Constant(int[] shape, double[] values) => new(new ConstantOrigin(values), ArrayLayout.Plain(shape));

    /// <summary>The elements of a matrix in their own order.</summary>
    public static OnnxArray Of(FloatValue value, ArrayLayout layout) => new(new ValueOrigin(value), layout);

    /// <summary>The numbers of a constant, in the order of its elements.</summary>
    public double[] Numbers()
    {
        double[] values = ((ConstantOrigin)Origin).Values;
        return Array.ConvertAll(Layout.Positions, position => values[position]);
    }

    /// <summary>The numbers of a constant as whole ones.</summary>
    public long[] Integers() => Array.ConvertAll(Numbers(), value => (long)value);

    /// <summary>The same elements, each put through one more function.</summary>
    public OnnxArray Then(Func<double, double> function)
    {
        Func<double, double>? before = Function;
        return this with { Function = before is null ? function : x => function(before(x)) };
    }
}
