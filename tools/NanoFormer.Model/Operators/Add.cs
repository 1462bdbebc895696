namespace NanoFormer.Model;

/// <summary>
/// Element-wise sum of two tensors of one shape: int8 <c>[R][C]</c> (NUMERICS.md, section 3.7). The input multipliers are
/// scale / (2 * the greater input scale).
/// </summary>
public sealed record Add() : BinaryOperator(OperatorKind.Add)
{
    /// <summary>2 * the greater input scale / (2^20 * output scale).</summary>
    public required FixedMultiplier OutputMultiplier { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override bool CanRunInPlace => true;

    /// <summary>The sum of two tensors of one shape, whose scales are given as real numbers.</summary>
    internal static Add Of(Tensor first, double firstScale, Tensor second, double secondScale, Quantization output, Activation activation)
    {
        double twiceGreater = 2 * Math.Max(firstScale, secondScale);
        return new Add
        {
            Input = first,
            Second = second,
            FirstMultiplier = FixedMultiplier.FromReal(firstScale / twiceGreater),
            SecondMultiplier = FixedMultiplier.FromReal(secondScale / twiceGreater),
            OutputMultiplier = FixedMultiplier.FromReal(twiceGreater / ((1 << 20) * output.Scale)),
            Clamp = activation.ToClampRange(output),
            Output = new ActivationTensor(first.Rows, first.Columns, output.ZeroPoint, FixedMultiplier.FromReal(output.Scale)),
        };
    }

    internal static Add Read(OperatorRecord record)
    {
        var first = record.Input();
        var second = record.Addend();
        var output = record.Output();
        record.RequireSameShape(first, second, "adds two shapes");
        record.RequireSameShape(first, output, "writes another shape than its input's");
        return new Add
        {
            Input = first,
            Second = second,
            FirstMultiplier = record.Multiplier(At.FirstMultiplier),
            SecondMultiplier = record.Multiplier(At.SecondMultiplier),
            OutputMultiplier = record.Multiplier(At.OutputMultiplier),
            Clamp = record.Clamp(At.Clamp),
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Multiplier(At.FirstMultiplier, FirstMultiplier);
        fields.Multiplier(At.SecondMultiplier, SecondMultiplier);
        fields.Multiplier(At.OutputMultiplier, OutputMultiplier);
        fields.Clamp(At.Clamp, Clamp);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output) => Compute(
        run.ValuesOf(Input), Input.ZeroPoint, FirstMultiplier, run.ValuesOf(Second), Second.ZeroPoint, SecondMultiplier,
        OutputMultiplier, Output.ZeroPoint, Clamp, output);

    /// <summary>The element-wise sum of two int8 tensors.</summary>
    public static void Compute(ReadOnlySpan<sbyte> first, int firstZeroPoint, FixedMultiplier firstMultiplier,
        ReadOnlySpan<sbyte> second, int secondZeroPoint, FixedMultiplier secondMultiplier,
        FixedMultiplier multiplier, int zeroPoint, ClampRange clamp, Span<sbyte> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int a = FixedPoint.Requantize((first[i] - firstZeroPoint) << 20, firstMultiplier);
            int b = FixedPoint.Requantize((second[i] - secondZeroPoint) << 20, secondMultiplier);
            output[i] = FixedPoint.Store(FixedPoint.Requantize(a + b, multiplier), zeroPoint, clamp);
        }
    }

    /// <summary>A constant operand streams if every step finds the same rows in it.</summary>
    internal override string? Obstacle(TimeStrides strides)
    {
        if (Second is not ConstantTensor constant || !IsInTime(strides))
        {
            return null;
        }

        int period = strides.RowsOf(Output, strides.StepSamples) * constant.Columns;
        var values = constant.Int8Values;
        for (int i = period; i < values.Length; i++)
        {
            if (values[i] != values[i - period])
            {
                return "adds another constant to each row, such as learned positions";
            }
        }

        return null;
    }

    internal override Operator ForStream(Operator window)
    {
        if (Second is not ConstantTensor constant || constant.Rows == Output.Rows)
        {
            return this;
        }

        var repeated = constant.Int8Values[..Output.Count];
        return this with
        {
            Second = ConstantTensor.FromInt8(Output.Rows, constant.Columns, repeated, constant.ZeroPoint, constant.Scale),
        };
    }

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int FirstMultiplier = 0;
        public const int SecondMultiplier = 2;
        public const int OutputMultiplier = 4;
        public const int Clamp = 6;
    }
}

/// <content>Element-wise sums.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Element-wise sum of two activations of one shape.</summary>
    public ActivationTensor Add(Tensor first, Tensor second, Quantization output, Activation activation = default) =>
        Add(first, second, ScaleOf(second), output, activation);

    /// <summary>Element-wise sum of an activation and an int8 constant of its shape, such as learned positions.</summary>
    public ActivationTensor AddConstant(Tensor first, ReadOnlySpan<sbyte> constant, Quantization constantQuantization,
        Quantization output, Activation activation = default)
    {
        var quantization = constantQuantization.Validated(nameof(constantQuantization));
        RequireLength(constant.Length, first.Count, nameof(constant));
        var scale = FixedMultiplier.FromReal(quantization.Scale);
        var second = ConstantTensor.FromInt8(first.Rows, first.Columns, constant, quantization.ZeroPoint, scale);
        return Add(first, second, quantization.Scale, output, activation);
    }

    private ActivationTensor Add(Tensor first, Tensor second, double secondScale, Quantization output, Activation activation)
    {
        RequireSameShape(first, second, nameof(second));
        var step = Model.Add.Of(first, ScaleOf(first), second, secondScale, output.Validated(nameof(output)), activation);
        _scales.Add(step.Output, output.Scale);
        return Append(step);
    }
}
