using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>Recognizes a function of one value by what it does, however it was put together.</summary>
internal static class FunctionMatch
{
    private const double Far = 1e4;
    private const double Tolerance = 1e-5;

    private static readonly double[] Probes = [.. Enumerable.Range(-64, 129).Select(i => i * 0.127)];

    /// <summary>Gain and offset, when it is a straight line.</summary>
    public static (double Gain, double Offset)? Line(Func<double, double> function)
    {
        double offset = function(0);
        double gain = function(1) - offset;
        return Matches(function, x => gain * x + offset) ? (gain, offset) : null;
    }

    /// <summary>The factor, when it is a straight line through 0; 1 for no function.</summary>
    public static double? Factor(Func<double, double>? function) => function is null
        ? 1
        : Line(function) is { } line && Math.Abs(line.Offset) <= Tolerance * Math.Abs(line.Gain) ? line.Gain : null;

    /// <summary>The step that does the same to every value of a matrix; null when there is none.</summary>
    public static FloatStep? Step(Func<double, double> function, FloatValue input)
    {
        var output = new FloatValue(input.Rows, input.Columns);
        if (Line(function) is { } line)
        {
            return new FloatScale(input, output, Filled(input, line.Gain), Filled(input, line.Offset));
        }

        foreach (FloatFunctionKind kind in Enum.GetValues<FloatFunctionKind>())
        {
            if (Matches(function, FloatFunctions.Of(kind)))
            {
                return new FloatFunction(input, output, kind);
            }
        }

        (double low, double high) = (function(-Far), function(Far));
        (low, high) = (low <= -Far ? double.NegativeInfinity : low, high >= Far ? double.PositiveInfinity : high);
        return low < high && Matches(function, x => Math.Clamp(x, low, high))
            ? new FloatClip(input, output, (float)low, (float)high)
            : null;
    }

    private static bool Matches(Func<double, double> function, Func<double, double> expected) =>
        Probes.All(x => Math.Abs(function(x) - expected(x)) <= Tolerance * Math.Max(1, Math.Abs(expected(x))));

    private static float[] Filled(FloatValue value, double number)
    {
        var numbers = new float[value.Columns];
        Array.Fill(numbers, (float)number);
        return numbers;
    }
}
