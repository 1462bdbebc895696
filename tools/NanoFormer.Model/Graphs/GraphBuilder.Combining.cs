using System.Numerics;

namespace NanoFormer.Model;

/// <content>Operators on two tensors.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Element-wise sum of two activations of one shape.</summary>
    public ActivationTensor Add(Tensor first, Tensor second, Quantization output, Activation activation = default) =>
        Add(first, second, ScaleOf(second), output, activation);

    /// <summary>Element-wise sum of an activation and an int8 constant of its shape, such as learned positions.</summary>
    public ActivationTensor AddConstant(Tensor first, ReadOnlySpan<sbyte> constant, Quantization constantQuantization,
        Quantization output, Activation activation = default)
    {
        Quantization quantization = constantQuantization.Validated(nameof(constantQuantization));
        RequireLength(constant.Length, first.Count, nameof(constant));
        FixedMultiplier scale = FixedMultiplier.FromReal(quantization.Scale);
        ConstantTensor second = ConstantTensor.FromInt8(first.Rows, first.Columns, constant, quantization.ZeroPoint, scale);
        return Add(first, second, quantization.Scale, output, activation);
    }

    /// <summary>Two tensors joined along rows (of equal columns) or columns (of equal rows).</summary>
    public ActivationTensor Concat(Tensor first, Tensor second, ConcatAxis axis, Quantization output)
    {
        bool byRows = axis == ConcatAxis.Rows;
        RequireLength(byRows ? second.Columns : second.Rows, byRows ? first.Columns : first.Rows, nameof(second));
        ActivationTensor result = byRows
            ? NewActivation(first.Rows + second.Rows, first.Columns, output)
            : NewActivation(first.Rows, first.Columns + second.Columns, output);
        _operators.Add(new Concat
        {
            Input = first,
            Second = second,
            FirstMultiplier = FixedMultiplier.FromReal(ScaleOf(first) / output.Scale),
            SecondMultiplier = FixedMultiplier.FromReal(ScaleOf(second) / output.Scale),
            Axis = axis,
            Output = result,
        });
        return result;
    }

    /// <summary>The mean absolute or squared difference of two tensors of one shape.</summary>
    /// <param name="reconstruction">What the model makes of the input, or forecasts.</param>
    /// <param name="actual">What came.</param>
    /// <param name="norm">Absolute or squared.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="lag">Rows by which a forecast is ahead: its row i is held against row i + lag of what came.</param>
    /// <param name="eachChannel">One result for each channel, <c>[1][C]</c>, in place of one for all, <c>[1][1]</c>.</param>
    public ActivationTensor Error(Tensor reconstruction, Tensor actual, ErrorNorm norm, Quantization output, int lag = 0,
        bool eachChannel = false)
    {
        RequireOneShape(reconstruction, actual, nameof(actual));
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lag, actual.Rows);
        double greater = Math.Max(ScaleOf(reconstruction), ScaleOf(actual));
        long terms = (actual.Rows - lag) * (eachChannel ? 1L : actual.Columns);
        int bits = ErrorBits(terms, norm);
        ActivationTensor result = NewActivation(1, eachChannel ? actual.Columns : 1, output);
        double factor = Math.Pow(greater, (int)norm) * Math.ScaleB(1, bits - 8 * (int)norm);
        _operators.Add(new ReconstructionError
        {
            Input = reconstruction,
            Second = actual,
            FirstMultiplier = FixedMultiplier.FromReal(ScaleOf(reconstruction) / greater),
            SecondMultiplier = FixedMultiplier.FromReal(ScaleOf(actual) / greater),
            Norm = norm,
            Lag = lag,
            Bits = bits,
            OutputMultiplier = FixedMultiplier.FromReal(factor / (terms * output.Scale)),
            Output = result,
        });
        return result;
    }

    /// <summary>The fewest bits to shift a sum of differences (each below 2^17) by, so that it never exceeds 31.</summary>
    private static int ErrorBits(long terms, ErrorNorm norm) =>
        Math.Max(BitOperations.Log2((ulong)terms) + 1 + 17 * (int)norm - 31, 0);
    private ActivationTensor Add(Tensor first, Tensor second, double secondScale, Quantization output, Activation activation)
    {
        RequireOneShape(first, second, nameof(second));
        double twiceGreater = 2 * Math.Max(ScaleOf(first), secondScale);
        ActivationTensor result = NewActivation(first.Rows, first.Columns, output);
        _operators.Add(new Add
        {
            Input = first,
            Second = second,
            FirstMultiplier = FixedMultiplier.FromReal(ScaleOf(first) / twiceGreater),
            SecondMultiplier = FixedMultiplier.FromReal(secondScale / twiceGreater),
            OutputMultiplier = FixedMultiplier.FromReal(twiceGreater / ((1 << 20) * output.Scale)),
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    private static void RequireOneShape(Tensor first, Tensor second, string name)
    {
        if (first.Rows != second.Rows || first.Columns != second.Columns)
        {
            throw new ArgumentException($"[{first.Rows}][{first.Columns}] and [{second.Rows}][{second.Columns}] differ.", name);
        }
    }
}
