namespace NanoFormer.Model;

/// <summary>
/// The last row: int8 <c>[R][C]</c> to int8 <c>[1][C]</c> of the same scale and zero point (NUMERICS.md, section 3.13).
/// </summary>
public sealed record Last() : Operator(OperatorKind.Last)
{
    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal override OperatorConstants Stored => default;

    internal override bool PoolsTime => true;

    internal static Last Read(OperatorRecord record)
    {
        var (input, output) = record.Pooled();
        record.Require(input.ZeroPoint == output.ZeroPoint, "changes the zero point");
        return new Last { Input = input, Output = output };
    }

    internal override void Write(ParameterFields fields)
    {
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output) => run.ValuesOf(Input)[^output.Length..].CopyTo(output);

    internal override string? Obstacle(TimeStrides strides) => null;
}

/// <content>The last row.</content>
public sealed partial class GraphBuilder
{
    /// <summary>The last row: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    public ActivationTensor Last(Tensor input) => Append(new Last
    {
        Input = input,
        Output = NewActivation(1, input.Columns, new Quantization(ScaleOf(input), input.ZeroPoint)),
    });
}
