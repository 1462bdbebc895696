using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>A function of one value.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Function">Which.</param>
public sealed record FloatFunction(FloatValue Input, FloatValue Output, FloatFunctionKind Function) : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values) => Map(values, Of(Function));

    internal override string Write(OnnxNodes nodes) => Function switch
    {
        FloatFunctionKind.Gelu => Gelu(nodes, nodes[Input]),
        FloatFunctionKind.Silu => nodes.Add("Mul", nodes[Input], nodes.Add("Sigmoid", nodes[Input])),
        FloatFunctionKind.Tanh => nodes.Add("Tanh", nodes[Input]),
        _ => throw new InvalidOperationException($"{Function} has no nodes in ONNX."),
    };

    /// <summary>The function of a kind.</summary>
    internal static Func<double, double> Of(FloatFunctionKind kind) => kind switch
    {
        FloatFunctionKind.Gelu => Nonlinearity.Gelu,
        FloatFunctionKind.Silu => Nonlinearity.Silu,
        FloatFunctionKind.Tanh => Nonlinearity.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No function is known."),
    };

    private static string Gelu(OnnxNodes nodes, string x)
    {
        string erf = nodes.Add("Erf", nodes.Add("Div", x, nodes.Scalar(MathF.Sqrt(2))));
        return nodes.Add("Mul", nodes.Add("Mul", x, nodes.Add("Add", erf, nodes.Scalar(1))), nodes.Scalar(0.5f));
    }
}

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

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Lookup step)
    {
        var function = FunctionOf(step);
        return Write(step, output => new FloatFunction(_values[step.Input], output, function));
    }

    private static FloatFunctionKind FunctionOf(Lookup step)
    {
        (var input, var output) = (QuantizationOf(step.Input)!.Value, QuantizationOf(step.Output)!.Value);
        foreach (var kind in Enum.GetValues<FloatFunctionKind>())
        {
            var table = LookupTable.Create(FloatFunction.Of(kind), input, output);
            if (table.Data.SequenceEqual(step.Table.Data))
            {
                return kind;
            }
        }

        throw new InterchangeException(InterchangeError.OperatorNotExpressible, "The table of a lookup is not that of GELU, SiLU or tanh.");
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    /// <summary>A table of 256 values: its index is the input as int32, 128 added.</summary>
    int IOperatorVisitor<int>.Visit(Lookup step)
    {
        int[] shape = ShapeOf(step.Output);
        var output = OutputOf(step);
        int wide = _network.Run(TfliteKind.Cast, [_indices[step.Input]], new CastOptions(TfliteType.Int8, TfliteType.Int32), shape, null,
            TfliteType.Int32);
        int offset = _network.Constant("offset", [1], [-sbyte.MinValue]);
        int index = _network.Run(TfliteKind.Add, [wide, offset], new AddOptions(TfliteActivation.None), shape, null, TfliteType.Int32);
        int table = _network.Constant("table", [LookupTable.Length], step.Table.Int8Values, output);
        return _network.Run(TfliteKind.Gather, [table, index], new GatherOptions(), shape, output);
    }
}
