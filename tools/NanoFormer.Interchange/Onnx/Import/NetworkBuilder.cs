
namespace NanoFormer.Interchange;

/// <summary>Collects the steps of a network; what can be part of the layer before is made so.</summary>
/// <param name="input">The window.</param>
internal sealed class NetworkBuilder(FloatValue input)
{
    private const double Tolerance = 1e-6;

    private readonly Dictionary<FloatValue, FloatStep> _makers = [];
    private readonly Dictionary<(FloatValue, ElementFunction), FloatValue> _results = [];
    private readonly List<(RowGather Gather, FloatValue Result)> _gathered = [];
    private readonly List<FloatStep> _steps = [];

    /// <summary>In the order they run.</summary>
    public IReadOnlyList<FloatStep> Steps => _steps;

    /// <summary>The step that makes a value; null for the window.</summary>
    public FloatStep? MakerOf(FloatValue value) => _makers.GetValueOrDefault(value);

    /// <summary>Adds a step; gives what it makes.</summary>
    /// <exception cref="Refusal">A number in it is infinite or none.</exception>
    public FloatValue Write(FloatStep step)
    {
        if (!step.Parameters.All(numbers => numbers.All(float.IsFinite)))
        {
            throw new Refusal("a weight of it is infinite or not a number; train the network again");
        }

        _ = ArrayLayout.Limited((long)step.Output.Rows * step.Output.Columns);
        _steps.Add(step);
        _makers[step.Output] = step;
        return step.Output;
    }

    /// <summary>An array whose function, if it has been computed as a step, is that step's result.</summary>
    public OnnxArray Settled(OnnxArray array) =>
        array.Origin is ValueOrigin { Value: var value } && _results.TryGetValue((value, array.Function), out var result)
            ? OnnxArray.Of(result, array.Layout)
            : array;

    /// <summary>
    /// The matrix that an array's elements are of, after what was done to each of them. The array then is one of that matrix.
    /// </summary>
    public FloatValue Matrix(ref OnnxArray array)
    {
        array = Settled(Selected(array with { Origin = array.Origin.ToValue(this) }));
        var value = ((ValueOrigin)array.Origin).Value;
        if (array.Function == ElementFunction.Identity)
        {
            return value;
        }

        var result = Applied(value, array.Function);
        _results[(value, array.Function)] = result;
        array = OnnxArray.Of(result, array.Layout);
        return result;
    }

    /// <summary>
    /// The matrix whose rows are the last dimension of an array: a whole one, or what is gathered from one - some channels, every few rows,
    /// patches of rows, the last row.
    /// </summary>
    public FloatValue Rows(OnnxArray array)
    {
        var value = Matrix(ref array);
        var gather = RowGather.Of(value, array.Layout) ?? throw new Refusal(
            "it takes tokens or channels in an order that no layer here reads; let it read all of them, neighbouring ones, or one token");
        return gather.IsWhole ? value : Gathered(gather);
    }

    /// <summary>
    /// Rows that a layer with weights reads: whole, or gathered in a way that the layer can do itself.
    /// </summary>
    public RowGather Gather(OnnxArray array)
    {
        var value = Matrix(ref array);
        var gather = RowGather.Of(value, array.Layout);
        return gather is null || gather.IsWhole || gather.IsLast || IsSelection(gather) ? RowGather.Whole(Rows(array)) : gather;
    }

    /// <summary>Every column times a gain, plus an offset, as part of the layer before where there is one.</summary>
    public FloatValue Scaled(FloatValue value, double[] gains, double[] offsets)
    {
        if (gains.All(gain => Math.Abs(gain - 1) < Tolerance) && offsets.All(offset => offset == 0))
        {
            return value;
        }

        var output = new FloatValue(value.Rows, value.Columns);
        return Write(MakerOf(value) switch
        {
            FloatLinear linear => linear with
            {
                Output = output,
                Weights = new FloatConstant([.. linear.Weights.Values.Select((w, i) => (float)(w * gains[i / linear.Input.Columns]))]),
                Biases = new FloatConstant(Moved(linear.Biases.Values)),
            },
            FloatConvolution conv => conv with
            {
                Output = output,
                Weights = new FloatConstant([.. conv.Weights.Values.Select((w, i) =>
                    (float)(w * gains[conv.IsDepthwise ? i % gains.Length : i / (conv.Kernel * conv.Input.Columns)]))]),
                Biases = new FloatConstant(Moved(conv.Biases.Values)),
            },
            FloatLayerNorm norm => norm with
            {
                Output = output,
                Gains = [.. norm.Gains.Zip(gains, (gain, factor) => (float)(gain * factor))],
                Biases = Moved(norm.Biases),
            },
            FloatScale before => new FloatScale(before.Input, output,
                [.. before.Gains.Zip(gains, (gain, factor) => (float)(gain * factor))], Moved(before.Offsets)),
            _ => new FloatScale(value, output, Floats(gains), Floats(offsets)),
        });

        float[] Moved(float[] biases) => [.. biases.Select((bias, i) => (float)(bias * gains[i] + offsets[i]))];
    }

    /// <summary>A linear layer, with gains and offsets before it as part of it.</summary>
    /// <param name="value">What it reads, <c>[T][K]</c>.</param>
    /// <param name="weights"><c>[N][K]</c>.</param>
    /// <param name="biases"><c>[N]</c>.</param>
    public FloatValue Linear(FloatValue value, double[] weights, double[] biases)
    {
        int columns = value.Columns;
        if (MakerOf(value) is FloatScale scale)
        {
            double[] given = weights;
            biases = [.. biases.Select((bias, n) =>
                bias + Enumerable.Range(0, columns).Sum(k => given[n * columns + k] * scale.Offsets[k]))];
            weights = [.. weights.Select((w, i) => w * scale.Gains[i % columns])];
            value = scale.Input;
        }

        return Write(new FloatLinear(value, new FloatValue(value.Rows, biases.Length), new FloatConstant(Floats(weights)),
            new FloatConstant(Floats(biases))));
    }

    /// <summary>A sum; of a constant if it is known.</summary>
    public FloatValue Added(FloatValue value, double[] constant)
    {
        var before = MakerOf(value) as FloatAddConstant;
        float[] sum = before is null ? Floats(constant) : [.. constant.Zip(before.Constant.Values, (a, b) => (float)(a + b))];
        return Write(new FloatAddConstant(before?.Input ?? value, new FloatValue(value.Rows, value.Columns), new FloatConstant(sum)));
    }

    /// <summary>Doubles as floats.</summary>
    public static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    /// <summary>Channels taken of the window before something is done to them, so that it is done to these alone.</summary>
    private OnnxArray Selected(OnnxArray array)
    {
        if (array.Origin is not ValueOrigin { Value: var value } || value != input || array.Function == ElementFunction.Identity)
        {
            return array;
        }

        foreach (bool isTurned in array.Layout.Rank < 2 ? [] : new[] { false, true })
        {
            var gather = RowGather.Of(value, isTurned ? array.Layout.Flipped() : array.Layout);
            if (gather is { IsWhole: false } && IsSelection(gather))
            {
                var layout = ArrayLayout.Plain(isTurned ? [.. array.Shape[..^2], array.Shape[^1], array.Shape[^2]] : array.Shape);
                return array with { Origin = new ValueOrigin(Gathered(gather)), Layout = isTurned ? layout.Flipped() : layout };
            }
        }

        return array;
    }

    private FloatValue Applied(FloatValue value, ElementFunction function)
    {
        if (function.Curve is not { } curve)
        {
            return Scaled(value, function.Gain, function.Offset);
        }
        // The curve's own line and what it is multiplied by.
        var (kind, gain, offset) = (curve.Kind, curve.Gain, curve.Offset);
        var (rest, constant, factor) = (function.Gain, function.Offset, function.CurveOffset);
        FloatValue result;
        if (function.CurveGain == 0)
        {
            // A sigmoid is half a tanh of half of x, and a half.
            bool isSigmoid = kind == CurveKind.Sigmoid;
            (gain, offset) = isSigmoid ? (gain / 2, offset / 2) : (gain, offset);
            (constant, factor) = isSigmoid ? (constant + factor / 2, factor / 2) : (constant, factor);
            var line = Scaled(value, gain, offset);
            var output = new FloatValue(value.Rows, value.Columns);
            result = kind switch
            {
                CurveKind.Clip when curve.Low < curve.High => Write(new FloatClip(line, output, (float)curve.Low, (float)curve.High)),
                CurveKind.Clip => throw new Refusal("its lower limit is not below its upper one; leave it out"),
                CurveKind.Tanh or CurveKind.Sigmoid => Write(new FloatFunction(line, output, FloatFunctionKind.Tanh)),
                _ => throw Unknown(),
            };
        }
        else
        {
            // x times a curve of x: SiLU, or GELU and half of x.
            double root = kind == CurveKind.Erf ? Math.Sqrt(2) : 1;
            (gain, offset) = (gain * root, offset * root);
            factor = function.CurveGain / gain;
            if (kind is not (CurveKind.Erf or CurveKind.Sigmoid) || !IsNear(function.CurveOffset, factor * offset, factor))
            {
                throw Unknown();
            }

            rest -= kind == CurveKind.Erf ? factor * gain : 0;
            constant -= kind == CurveKind.Erf ? factor * offset : 0;
            factor *= kind == CurveKind.Erf ? 2 : 1;
            result = Write(new FloatFunction(Scaled(value, gain, offset), new FloatValue(value.Rows, value.Columns),
                kind == CurveKind.Erf ? FloatFunctionKind.Gelu : FloatFunctionKind.Silu));
        }

        constant = Math.Abs(constant) < Tolerance * Math.Abs(factor) ? 0 : constant;
        result = Scaled(result, factor, constant);
        return IsNear(rest, 0, factor)
            ? result
            : Write(new FloatAdd(result, Scaled(value, rest, 0), new FloatValue(value.Rows, value.Columns)));
    }

    private static bool IsNear(double first, double second, double size) =>
        Math.Abs(first - second) <= Tolerance * Math.Max(Math.Abs(size), Math.Abs(second));

    private static Refusal Unknown() =>
        new("what was done to each value is not ReLU, a clip, GELU (not its tanh approximation), SiLU, sigmoid or tanh; use one of these");

    private FloatValue Scaled(FloatValue value, double gain, double offset) =>
        Scaled(value, [.. Enumerable.Repeat(gain, value.Columns)], [.. Enumerable.Repeat(offset, value.Columns)]);

    private bool IsSelection(RowGather gather) => gather.Value == input && gather.Selection is not null;

    private FloatValue Gathered(RowGather gather)
    {
        var known = _gathered.FirstOrDefault(entry => entry.Gather.IsSame(gather)).Result;
        if (known is not null)
        {
            return known;
        }

        var output = new FloatValue(gather.Rows, gather.Columns);
        FloatValue result;
        if (IsSelection(gather) && gather.Selection is { } selection)
        {
            result = Write(new FloatSelect(gather.Value, output, selection.FirstColumn, selection.RowStep));
        }
        else if (gather.IsLast)
        {
            result = Write(new FloatLast(gather.Value, output));
        }
        else if (gather.IsByColumn)
        {
            float[] weights = new float[gather.Kernel * gather.Columns];
            for (int c = 0; c < gather.Columns; c++)
            {
                weights[gather.Offsets[c]] = 1;
            }

            result = Write(new FloatConvolution(gather.Value, output, new FloatConstant(weights),
                new FloatConstant(new float[gather.Columns]), IsDepthwise: true, gather.Kernel, gather.Stride, 0));
        }
        else
        {
            int count = gather.Columns;
            double[] unit = new double[ArrayLayout.Product([count, count])];
            for (int c = 0; c < count; c++)
            {
                unit[c * count + c] = 1;
            }

            result = Layer(gather, unit, new double[count]);
        }

        _gathered.Add((gather, result));
        return result;
    }

    /// <summary>A layer with weights <c>[N][K]</c> over rows that it gathers itself: a linear one, or a convolution.</summary>
    public FloatValue Layer(RowGather gather, double[] weights, double[] biases)
    {
        if (gather.IsWhole)
        {
            return Linear(gather.Value, weights, biases);
        }

        int size = gather.Kernel * gather.Value.Columns;
        double[] spread = new double[ArrayLayout.Product([biases.Length, size])];
        for (int i = 0; i < weights.Length; i++)
        {
            spread[i / gather.Columns * size + gather.Offsets[i % gather.Columns]] += weights[i];
        }

        return gather is { Kernel: 1, Stride: 1 } && gather.Rows == gather.Value.Rows
            ? Linear(gather.Value, spread, biases)
            : Write(new FloatConvolution(gather.Value, new FloatValue(gather.Rows, biases.Length), new FloatConstant(Floats(spread)),
                new FloatConstant(Floats(biases)), IsDepthwise: false, gather.Kernel, gather.Stride, 0));
    }
}
