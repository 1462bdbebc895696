using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>What nodes do to each element.</summary>
internal static class Elements
{
    /// <summary>The function of one element, of a node whose other inputs are constants; null for other nodes.</summary>
    public static Func<double, double>? Unary(OnnxNode node, OnnxArray[] inputs) => node.Operator switch
    {
        "Relu" => x => Math.Max(x, 0),
        "Erf" => Erf,
        "Sigmoid" => Sigmoid,
        "Tanh" => Math.Tanh,
        "Sqrt" => Math.Sqrt,
        "Reciprocal" => x => 1 / x,
        "Neg" => x => -x,
        "Exp" => Math.Exp,
        "Not" => x => x == 0 ? 1 : 0,
        "HardSwish" => x => x * Math.Clamp(x / 6 + 0.5, 0, 1),
        "LeakyRelu" when node.Float("alpha", 0.01f) is var slope => x => x < 0 ? slope * x : x,
        "Gelu" => node.Find("approximate")?.Text == "tanh" ? TanhGelu : Nonlinearity.Gelu,
        "Clip" => Clip(node, inputs),
        _ => null,
    };

    /// <summary>The function of two elements; null for other nodes.</summary>
    public static Func<double, double, double>? Binary(string kind) => kind switch
    {
        "Add" => (x, y) => x + y,
        "Sub" => (x, y) => x - y,
        "Mul" => (x, y) => x * y,
        "Div" => (x, y) => x / y,
        "Pow" => Math.Pow,
        "Min" => Math.Min,
        "Max" => Math.Max,
        "Equal" => (x, y) => x == y ? 1 : 0,
        "Less" => (x, y) => x < y ? 1 : 0,
        "Greater" => (x, y) => x > y ? 1 : 0,
        _ => null,
    };

    private static double Erf(double x) => x == 0 ? 0 : 2 * Nonlinearity.Gelu(x * Math.Sqrt(2)) / (x * Math.Sqrt(2)) - 1;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double TanhGelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    /// <summary>Limits are inputs, of which either may be left out; in old files, attributes.</summary>
    private static Func<double, double> Clip(OnnxNode node, OnnxArray[] inputs)
    {
        bool hasLow = node.Inputs.Count > 1 && node.Inputs[1].Length > 0;
        double low = hasLow ? inputs[1].Numbers()[0] : node.Float("min", float.NegativeInfinity);
        double high = node.Inputs.Count > 2 && node.Inputs[2].Length > 0
            ? inputs[^1].Numbers()[0]
            : node.Float("max", float.PositiveInfinity);
        return x => Math.Clamp(x, low, high);
    }
}
