namespace NanoFormer.Model;

/// <summary>The operators of NUMERICS.md, section 3; numbers as in the image.</summary>
public enum OperatorKind
{
    /// <summary>Raw samples to int8.</summary>
    Quantize = 1,

    /// <summary>Convolution over time.</summary>
    Conv1d = 2,

    /// <summary>Fully connected layer on every row.</summary>
    Linear = 3,

    /// <summary>Multi-head self-attention without the output projection.</summary>
    Attention = 4,

    /// <summary>Element-wise sum.</summary>
    Add = 5,

    /// <summary>Mean over rows.</summary>
    Mean = 6,

    /// <summary>Softmax over each row.</summary>
    Softmax = 7,

    /// <summary>Convolution over time of every channel by itself.</summary>
    DepthwiseConv1d = 8,

    /// <summary>Any function of one value, by a table.</summary>
    Lookup = 9,

    /// <summary>Normalization of each row.</summary>
    LayerNorm = 10,

    /// <summary>Attention with a feature map in place of the softmax.</summary>
    LinearAttention = 11,

    /// <summary>The last row.</summary>
    Last = 12,

    /// <summary>Mean over rows, weighted by a softmax of learned scores.</summary>
    AttentionPool = 13,

    /// <summary>Two tensors joined.</summary>
    Concat = 14,

    /// <summary>Distance of two tensors.</summary>
    Distance = 15,
}

/// <summary>
/// Something done to each operator according to its kind, such as writing it into another format. A new operator does not compile until
/// every visitor says what becomes of it.
/// </summary>
/// <typeparam name="T">What comes of it.</typeparam>
public interface IOperatorVisitor<out T>
{
    /// <summary>Raw samples to int8.</summary>
    T Visit(Quantize step);

    /// <summary>Convolution over time.</summary>
    T Visit(Conv1d step);

    /// <summary>Fully connected layer on every row.</summary>
    T Visit(Linear step);

    /// <summary>Multi-head self-attention without the output projection.</summary>
    T Visit(Attention step);

    /// <summary>Element-wise sum.</summary>
    T Visit(Add step);

    /// <summary>Mean over rows.</summary>
    T Visit(Mean step);

    /// <summary>Softmax over each row.</summary>
    T Visit(Softmax step);

    /// <summary>Convolution over time of every channel by itself.</summary>
    T Visit(DepthwiseConv1d step);

    /// <summary>Any function of one value, by a table.</summary>
    T Visit(Lookup step);

    /// <summary>Normalization of each row.</summary>
    T Visit(LayerNorm step);

    /// <summary>Attention with a feature map in place of the softmax.</summary>
    T Visit(LinearAttention step);

    /// <summary>The last row.</summary>
    T Visit(Last step);

    /// <summary>Mean over rows, weighted by a softmax of learned scores.</summary>
    T Visit(AttentionPool step);

    /// <summary>Two tensors joined.</summary>
    T Visit(Concat step);

    /// <summary>Distance of two tensors.</summary>
    T Visit(Distance step);
}

/// <summary>Reads the operator of a record whose operands and parameters are not yet checked.</summary>
/// <exception cref="ModelImageException">BAD_OPERATOR.</exception>
internal delegate Operator OperatorReading(OperatorRecord record);

/// <summary>How each kind is read.</summary>
internal static class OperatorKinds
{
    private static readonly Dictionary<OperatorKind, OperatorReading> Readings = new()
    {
        [OperatorKind.Quantize] = Quantize.Read,
        [OperatorKind.Conv1d] = Conv1d.Read,
        [OperatorKind.Linear] = Linear.Read,
        [OperatorKind.Attention] = Attention.Read,
        [OperatorKind.Add] = Add.Read,
        [OperatorKind.Mean] = Mean.Read,
        [OperatorKind.Softmax] = Softmax.Read,
        [OperatorKind.DepthwiseConv1d] = DepthwiseConv1d.Read,
        [OperatorKind.Lookup] = Lookup.Read,
        [OperatorKind.LayerNorm] = LayerNorm.Read,
        [OperatorKind.LinearAttention] = LinearAttention.Read,
        [OperatorKind.Last] = Last.Read,
        [OperatorKind.AttentionPool] = AttentionPool.Read,
        [OperatorKind.Concat] = Concat.Read,
        [OperatorKind.Distance] = Distance.Read,
    };

    /// <summary>How a kind is read; null when it is unknown.</summary>
    public static OperatorReading? ReadingOf(OperatorKind kind) => Readings.GetValueOrDefault(kind);
}
