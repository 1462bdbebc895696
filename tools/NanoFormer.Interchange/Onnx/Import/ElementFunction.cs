using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Functions that are not straight lines.</summary>
internal enum CurveKind
{
    /// <summary>Limits.</summary>
    Clip,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>1 / (1 + exp(-x))</c>.</summary>
    Sigmoid,

    /// <summary>The error function.</summary>
    Erf,
}

/// <summary>A curve over a straight line: <c>kind(Gain * x + Offset)</c>.</summary>
/// <param name="Kind">Which curve.</param>
/// <param name="Gain">Of its argument.</param>
/// <param name="Offset">Of its argument.</param>
/// <param name="Low">Lower limit of a clip.</param>
/// <param name="High">Upper limit of a clip.</param>
internal sealed record Curve(CurveKind Kind, double Gain, double Offset, double Low = 0, double High = 0);

/// <summary>
/// What nodes have done to each element x, as a formula: <c>Gain * x + Offset + (CurveGain * x + CurveOffset) * Curve(x)</c>. It is kept
/// exactly, never guessed from values.
/// </summary>
/// <param name="Gain">Of x.</param>
/// <param name="Offset">Without x.</param>
/// <param name="Curve">The curve; null for a straight line.</param>
/// <param name="CurveGain">Of x times the curve.</param>
/// <param name="CurveOffset">Of the curve.</param>
internal sealed record ElementFunction(double Gain, double Offset, Curve? Curve = null, double CurveGain = 0, double CurveOffset = 0)
{
    /// <summary>x.</summary>
    public static readonly ElementFunction Identity = new(1, 0);

    /// <summary>Whether there is no curve.</summary>
    public bool IsLine => Curve is null;

    /// <summary>A curve of this straight line.</summary>
    public ElementFunction Through(CurveKind kind, double low = 0, double high = 0) =>
        new(0, 0, new Curve(kind, Gain, Offset, low, high), 0, 1);

    /// <summary>GELU of this straight line: <c>x / 2 * (1 + erf(x / sqrt(2)))</c>.</summary>
    public ElementFunction Gelu()
    {
        double root = Math.Sqrt(0.5);
        return new(Gain / 2, Offset / 2, new Curve(CurveKind.Erf, Gain * root, Offset * root), Gain / 2, Offset / 2);
    }

    /// <summary>Limits of a clip that has been clipped before are those of both; null when this is something else.</summary>
    public ElementFunction? Clipped(double low, double high) =>
        Curve is { Kind: CurveKind.Clip } clip && (Gain, Offset, CurveGain, CurveOffset) == (0, 0, 0, 1)
            ? this with { Curve = clip with { Low = Math.Clamp(clip.Low, low, high), High = Math.Clamp(clip.High, low, high) } }
            : null;

    /// <summary>The sum; null when the two have different curves.</summary>
    public ElementFunction? Plus(ElementFunction other) => Curve is not null && other.Curve is not null && Curve != other.Curve
        ? null
        : new(Gain + other.Gain, Offset + other.Offset, Curve ?? other.Curve, CurveGain + other.CurveGain, CurveOffset + other.CurveOffset);

    /// <summary>This times a number.</summary>
    public ElementFunction Times(double factor) => new(Gain * factor, Offset * factor, Curve, CurveGain * factor, CurveOffset * factor);

    /// <summary>The product; null when it has squares of x or of a curve.</summary>
    public ElementFunction? Times(ElementFunction other)
    {
        var (line, curve) = IsLine ? (this, other) : (other, this);
        bool hasSquare = line.Gain != 0 && (curve.Gain != 0 || curve.CurveGain != 0);
        return !line.IsLine || hasSquare
            ? null
            : new(line.Gain * curve.Offset + line.Offset * curve.Gain, line.Offset * curve.Offset, curve.Curve,
                line.Gain * curve.CurveOffset + line.Offset * curve.CurveGain, line.Offset * curve.CurveOffset);
    }
}

/// <summary>Numbers that nodes make of numbers.</summary>
internal static class Arithmetic
{
    /// <summary>The function of one number; null for other nodes.</summary>
    public static Func<double, double>? Unary(NodeProto node) => node.OpType switch
    {
        "Relu" => x => Math.Max(x, 0),
        "Erf" => Erf,
        "Sigmoid" => x => 1 / (1 + Math.Exp(-x)),
        "Tanh" => Math.Tanh,
        "Sqrt" => Math.Sqrt,
        "Reciprocal" => x => 1 / x,
        "Neg" => x => -x,
        "Abs" => Math.Abs,
        "Exp" => Math.Exp,
        "Log" => Math.Log,
        "Sin" => Math.Sin,
        "Cos" => Math.Cos,
        "Floor" => Math.Floor,
        "Ceil" => Math.Ceiling,
        "Round" => x => Math.Round(x, MidpointRounding.ToEven),
        "Sign" => x => Math.Sign(x),
        "Not" => x => x == 0 ? 1 : 0,
        "IsNaN" => x => double.IsNaN(x) ? 1 : 0,
        _ => null,
    };

    /// <summary>The function of two numbers; null for other nodes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isInteger">Whether both are whole numbers, which divide without a rest.</param>
    public static Func<double, double, double>? Binary(NodeProto node, bool isInteger) => node.OpType switch
    {
        "Add" => (x, y) => x + y,
        "Sub" => (x, y) => x - y,
        "Mul" => (x, y) => x * y,
        "Div" when isInteger => (x, y) => y == 0 ? throw new Refusal("it divides a whole number by 0; check the sizes of the model")
            : Math.Truncate(x / y),
        "Div" => (x, y) => x / y,
        "Mod" when node.Int("fmod", 0) != 0 => (x, y) => x % y,
        "Mod" when isInteger => (x, y) => y == 0 ? throw new Refusal("it divides a whole number by 0; check the sizes of the model")
            : x - Math.Floor(x / y) * y,
        "Pow" => Math.Pow,
        "Min" => Math.Min,
        "Max" => Math.Max,
        "Equal" => (x, y) => x == y ? 1 : 0,
        "Less" => (x, y) => x < y ? 1 : 0,
        "LessOrEqual" => (x, y) => x <= y ? 1 : 0,
        "Greater" => (x, y) => x > y ? 1 : 0,
        "GreaterOrEqual" => (x, y) => x >= y ? 1 : 0,
        "And" => (x, y) => x != 0 && y != 0 ? 1 : 0,
        "Or" => (x, y) => x != 0 || y != 0 ? 1 : 0,
        "Xor" => (x, y) => x != 0 != (y != 0) ? 1 : 0,
        _ => null,
    };

    /// <summary>The limits of a Clip: inputs, of which either may be left out; in old files, attributes.</summary>
    public static (double Low, double High) ClipLimits(NodeProto node, OnnxArray[] inputs)
    {
        bool hasLow = node.Input.Count > 1 && node.Input[1].Length > 0;
        bool hasHigh = node.Input.Count > 2 && node.Input[2].Length > 0;
        return (hasLow ? inputs[1].Numbers()[0] : node.Float("min", float.NegativeInfinity),
            hasHigh ? inputs[^1].Numbers()[0] : node.Float("max", float.PositiveInfinity));
    }

    private static double Erf(double x) => x == 0 ? 0 : 2 * Nonlinearity.Gelu(x * Math.Sqrt(2)) / (x * Math.Sqrt(2)) - 1;
}
