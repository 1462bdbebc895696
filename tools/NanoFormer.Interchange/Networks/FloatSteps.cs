using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>One step of a float network.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it alone writes.</param>
public abstract record FloatStep(FloatValue Input, FloatValue Output)
{
    /// <summary>All values it reads.</summary>
    public virtual IReadOnlyList<FloatValue> Inputs => [Input];
}

/// <summary>Columns from one on, and the last of every few rows: <c>[T][C]</c> to <c>[T / step][N]</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="FirstColumn">The first of the columns taken.</param>
/// <param name="RowStep">Every n-th row is taken.</param>
public sealed record FloatSelect(FloatValue Input, FloatValue Output, int FirstColumn, int RowStep) : FloatStep(Input, Output);

/// <summary>Every column times a gain, plus an offset: what BatchNorm is when it no longer learns.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Gains"><c>[C]</c>.</param>
/// <param name="Offsets"><c>[C]</c>.</param>
public sealed record FloatScale(FloatValue Input, FloatValue Output, float[] Gains, float[] Offsets) : FloatStep(Input, Output);

/// <summary>Fully connected layer on every row: <c>[T][K]</c> to <c>[T][N]</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[N][K]</c>.</param>
/// <param name="Biases"><c>[N]</c>.</param>
public sealed record FloatLinear(FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases)
    : FloatStep(Input, Output);

/// <summary>Convolution over time, zeros before the first row and after the last.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[N][kernel][C]</c>; depthwise <c>[kernel][C]</c>.</param>
/// <param name="Biases"><c>[N]</c>.</param>
/// <param name="IsDepthwise">Every channel by itself.</param>
/// <param name="Kernel">Rows under the kernel.</param>
/// <param name="Stride">Rows from one output to the next.</param>
/// <param name="PadLeft">Rows of zeros before the first.</param>
public sealed record FloatConvolution(
    FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases, bool IsDepthwise, int Kernel, int Stride, int PadLeft)
    : FloatStep(Input, Output);

/// <summary>Multi-head self-attention without the output projection: <c>[S][D]</c> to <c>[S][H * P]</c>, scores over sqrt(P).</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
/// <param name="Biases"><c>[3][H][P]</c>.</param>
/// <param name="Heads">H.</param>
/// <param name="Before">Tokens before itself that a token sees.</param>
/// <param name="After">Tokens after itself that a token sees.</param>
/// <param name="Inside">How the integer model holds what is inside; null in a network that was never quantized.</param>
public sealed record FloatAttention(
    FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases, int Heads, int Before, int After,
    AttentionQuantization? Inside = null)
    : FloatStep(Input, Output)
{
    /// <summary>Columns of a head.</summary>
    public int HeadColumns => Output.Columns / Heads;

    /// <summary>Whether every token sees every token.</summary>
    public bool IsFull => Math.Min(Before, After) >= Input.Rows - 1;

    /// <summary>Whether token <paramref name="row"/> sees token <paramref name="other"/>.</summary>
    public bool Sees(int row, int other) => other >= row - Before && other <= row + After;
}

/// <summary>Mean over rows, weighted by a softmax of learned scores.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[C]</c>.</param>
/// <param name="Biases"><c>[1]</c>.</param>
public sealed record FloatAttentionPool(FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases)
    : FloatStep(Input, Output);

/// <summary>Every row to mean 0 and deviation 1, then gain and bias per column.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Gains"><c>[C]</c>.</param>
/// <param name="Biases"><c>[C]</c>.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record FloatLayerNorm(FloatValue Input, FloatValue Output, float[] Gains, float[] Biases, float Epsilon)
    : FloatStep(Input, Output);

/// <summary>A function of one value.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Function">Which.</param>
public sealed record FloatFunction(FloatValue Input, FloatValue Output, FloatFunctionKind Function) : FloatStep(Input, Output);

/// <summary>Functions of one value that an integer model computes by a table.</summary>
public enum FloatFunctionKind
{
    /// <summary><c>x * Phi(x)</c>, Phi being the distribution function of the standard normal.</summary>
    Gelu,

    /// <summary><c>x * sigmoid(x)</c>.</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>Every value limited to a range; ReLU is 0 to infinity.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Low">The lower limit.</param>
/// <param name="High">The upper limit.</param>
public sealed record FloatClip(FloatValue Input, FloatValue Output, float Low, float High) : FloatStep(Input, Output);

/// <summary>Sum of two matrices of one shape.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Second">The second operand.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatAdd(FloatValue Input, FloatValue Second, FloatValue Output) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Second];
}

/// <summary>Sum of a matrix and a constant one, such as learned positions.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Constant"><c>[R][C]</c>.</param>
public sealed record FloatAddConstant(FloatValue Input, FloatValue Output, FloatConstant Constant) : FloatStep(Input, Output);

/// <summary>Two matrices joined along rows or columns.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Second">What comes behind.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Axis">Along what.</param>
public sealed record FloatConcat(FloatValue Input, FloatValue Second, FloatValue Output, ConcatAxis Axis) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Second];
}

/// <summary>Mean over rows.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatMean(FloatValue Input, FloatValue Output) : FloatStep(Input, Output);

/// <summary>The last row.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatLast(FloatValue Input, FloatValue Output) : FloatStep(Input, Output);

/// <summary>The mean absolute or squared difference of two matrices: one value.</summary>
/// <param name="Input">The reconstruction of the signal.</param>
/// <param name="Actual">The signal.</param>
/// <param name="Output">What it writes, <c>[1][1]</c>.</param>
/// <param name="Norm">Absolute or squared.</param>
/// <param name="Lag">Rows by which the reconstruction is ahead.</param>
public sealed record FloatDistance(FloatValue Input, FloatValue Actual, FloatValue Output, DistanceNorm Norm, int Lag) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<FloatValue> Inputs => [Input, Actual];
}

/// <summary>Softmax over each row.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatSoftmax(FloatValue Input, FloatValue Output) : FloatStep(Input, Output);
