
namespace NanoFormer.Interchange;

/// <summary>What the elements of an array are. Those that only some operator makes stand in its file.</summary>
internal abstract record ArrayOrigin
{
    /// <summary>The same as elements of a matrix of the network.</summary>
    /// <exception cref="Refusal">They are none.</exception>
    public abstract ValueOrigin ToValue(NetworkBuilder network);

    /// <summary>The mean or sum of an array of this origin over some axes; null where it is that of a matrix.</summary>
    /// <exception cref="Refusal">It has none.</exception>
    public virtual OnnxArray? Reduced(OnnxLayers layers, OnnxArray array, int[] axes, bool isRankKept, bool isSum) => null;
}

/// <summary>Known numbers; whole ones divide without a rest.</summary>
internal sealed record ConstantOrigin(double[] Values, bool IsInteger) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) =>
        throw new Refusal("it computes with constants where the window's values should be");
}

/// <summary>The elements of a matrix of the network.</summary>
internal sealed record ValueOrigin(FloatValue Value) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) => this;
}

/// <summary>A step on the way to something that is understood as a whole, such as a layer normalization.</summary>
internal sealed record PendingOrigin(NodeProto First) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) =>
        throw new Refusal($"what {First.Title} begins is not a layer normalization; use LayerNorm over the last dimension");
}

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
