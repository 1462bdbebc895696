using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>What the elements of an array are.</summary>
internal abstract record ArrayOrigin;

/// <summary>Known numbers; whole ones divide without a rest.</summary>
internal sealed record ConstantOrigin(double[] Values, bool IsInteger) : ArrayOrigin;

/// <summary>The elements of a matrix of the network.</summary>
internal sealed record ValueOrigin(FloatValue Value) : ArrayOrigin;

/// <summary>
/// Products of queries and keys, <c>[heads][S][S]</c>: for each head the columns of the matrices that they are, a factor, and which keys a
/// query sees (null: all).
/// </summary>
internal sealed record ScoresOrigin(HeadColumns Queries, HeadColumns Keys, double Factor, bool[]? Seen = null) : ArrayOrigin;

/// <summary>The softmax of scores.</summary>
internal sealed record AttentionWeightsOrigin(ScoresOrigin Scores) : ArrayOrigin;

/// <summary>The softmax over the rows of a matrix of one column.</summary>
internal sealed record PoolWeightsOrigin(FloatValue Scores) : ArrayOrigin;

/// <summary>Every token times its weight, not yet summed.</summary>
internal sealed record WeightedOrigin(FloatValue Scores, FloatValue Tokens) : ArrayOrigin;

/// <summary>
/// The difference of two matrices of one shape, maybe its size: of an anomaly score; or a sum with one of them negative.
/// </summary>
internal sealed record DifferenceOrigin(OnnxArray First, OnnxArray Second, Model.DistanceNorm? Norm = null) : ArrayOrigin;

/// <summary>A step on the way to something that is understood as a whole, such as a layer normalization.</summary>
internal sealed record PendingOrigin(NodeProto First) : ArrayOrigin;

/// <summary>
/// A tensor of a file, for one window: what its elements are, where they lie, and what has been done to each of them since.
/// </summary>
/// <param name="Origin">What the elements are of.</param>
/// <param name="Layout">Which they are.</param>
/// <param name="Function">What was done to each.</param>
internal sealed record OnnxArray(ArrayOrigin Origin, ArrayLayout Layout, ElementFunction Function)
{
    /// <summary>Elements to which nothing was done.</summary>
    public OnnxArray(ArrayOrigin origin, ArrayLayout layout)
        : this(origin, layout, ElementFunction.Identity)
    {
    }

    /// <summary>Its shape.</summary>
    public int[] Shape => Layout.Shape;

    /// <summary>Whether its elements are known numbers.</summary>
    public bool IsConstant => Origin is ConstantOrigin;

    /// <summary>Known numbers, real or whole.</summary>
    public static OnnxArray Constant(int[] shape, double[] values, bool isInteger = false) =>
        new(new ConstantOrigin(values, isInteger), ArrayLayout.Plain(shape));

    /// <summary>The elements of a matrix in their own order.</summary>
    public static OnnxArray Of(FloatValue value, ArrayLayout layout) => new(new ValueOrigin(value), layout);

    /// <summary>The numbers of a constant, in the order of its elements.</summary>
    /// <exception cref="Refusal">They depend on the window.</exception>
    public double[] Numbers()
    {
        double[] values = Origin is ConstantOrigin constant ? constant.Values
            : throw new Refusal("it takes sizes or weights that depend on the window; they must be known when the model is exported");
        return Array.ConvertAll(Layout.Positions, position => values[position]);
    }

    /// <summary>The numbers of a constant as whole ones.</summary>
    public long[] Integers() => Array.ConvertAll(Numbers(), value => (long)value);

    /// <summary>The numbers of a constant as indices or sizes.</summary>
    public int[] Sizes() => Array.ConvertAll(Integers(), value => (int)Math.Clamp(value, int.MinValue, int.MaxValue));

    /// <summary>The elements repeated to a shape.</summary>
    public OnnxArray Broadcast(int[] shape) => this with { Layout = Layout.Broadcast(shape) };
}
