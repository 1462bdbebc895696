namespace NanoFormer.Model;

/// <summary>Any function of one value, by a table: int8 <c>[R][C]</c> to int8 <c>[R][C]</c> (NUMERICS.md, section 3.10).</summary>
public sealed record Lookup() : Operator(OperatorKind.Lookup)
{
    /// <summary>int8 <c>[1][256]</c>: the result for each value from -128 on.</summary>
    public required ConstantTensor Table { get; init; }

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override bool CanRunInPlace => true;

    internal override OperatorConstants Stored => new(Lookup: Table);

    internal static Lookup Read(OperatorRecord record)
    {
        var input = record.Input();
        var output = record.Output();
        record.RequireSameShape(input, output, "writes another shape than its input's");
        return new Lookup { Input = input, Table = record.LookupTable(), Output = output };
    }

    internal override void Write(ParameterFields fields)
    {
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        var input = run.ValuesOf(Input);
        var table = Table.Int8Values;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = table[input[i] - sbyte.MinValue];
        }
    }

    internal override string? Obstacle(TimeStrides strides) => null;
}

/// <summary>The tables of NUMERICS.md, section 3.10: any function of one value, between any two quantizations.</summary>
public static class LookupTable
{
    /// <summary>Entries of a table, one for each int8 value.</summary>
    public const int Length = 256;

    /// <summary>The int8 <c>[1][256]</c> tensor of a function of real values.</summary>
    /// <exception cref="ArgumentException">The function gives a value that is not a number.</exception>
    public static ConstantTensor Create(Func<double, double> function, Quantization input, Quantization output)
    {
        sbyte[] table = new sbyte[Length];
        for (int i = 0; i < Length; i++)
        {
            double y = function(input.Scale * (i + sbyte.MinValue - input.ZeroPoint));
            if (double.IsNaN(y))
            {
                throw new ArgumentException("The function gives a value that is not a number.", nameof(function));
            }

            double steps = Math.Round(y / output.Scale, MidpointRounding.AwayFromZero) + output.ZeroPoint;
            table[i] = (sbyte)Math.Clamp(steps, sbyte.MinValue, sbyte.MaxValue);
        }

        return ConstantTensor.FromInt8(1, Length, table);
    }
}

/// <content>Lookups.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Any function of one value, such as those of <see cref="Nonlinearity"/>, by a table.</summary>
    public ActivationTensor Lookup(Tensor input, Func<double, double> function, Quantization output) => Append(new Lookup
    {
        Input = input,
        Table = LookupTable.Create(function, new Quantization(ScaleOf(input), input.ZeroPoint), output),
        Output = NewActivation(input.Rows, input.Columns, output),
    });
}
