using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>What is done to each element by itself, or to two at a time.</summary>
/// <param name="network">Where the steps go.</param>
/// <param name="layers">What is done to scores and weights.</param>
internal sealed class ElementWise(NetworkBuilder network, OnnxLayers layers)
{
    /// <summary>A function of each element by itself.</summary>
    public OnnxArray Curved(NodeProto node, OnnxArray[] inputs)
    {
        var x = inputs[0];
        switch (node.OpType)
        {
            case "Neg":
                return x with { Function = x.Function.Times(-1) };
            case "Abs" when x.Origin is DifferenceOrigin { Norm: null } difference:
                return x with { Origin = difference with { Norm = DistanceNorm.Absolute } };
            case "Relu":
                return Clipped(x, 0, double.PositiveInfinity);
            case "Clip":
                var (low, high) = Arithmetic.ClipLimits(node, inputs);
                return Clipped(x, low, high);
            case "LeakyRelu":
                double slope = node.Float("alpha", 0.01f);
                var line = Line(x);
                var positive = line.Function.Through(CurveKind.Clip, 0, double.PositiveInfinity).Times(1 - slope);
                return line with { Function = positive.Plus(line.Function.Times(slope))! };
            case "HardSigmoid":
                var inner = Line(x);
                var scaled = inner.Function.Times(node.Float("alpha", 0.2f)).Plus(new ElementFunction(0, node.Float("beta", 0.5f)))!;
                return inner with { Function = scaled.Through(CurveKind.Clip, 0, 1) };
            case "Gelu" when node.Text("approximate", "none") != "none":
                throw new Refusal("it is the tanh approximation of GELU; use nn.GELU() itself");
            case "Gelu":
                return Line(x) is var gelu ? gelu with { Function = gelu.Function.Gelu() } : x;
            case "Erf" or "Sigmoid" or "Tanh":
                return Line(x) is var curve ? curve with { Function = curve.Function.Through(Enum.Parse<CurveKind>(node.OpType)) } : x;
            default:
                throw Refusal.Of(node.OpType);
        }
    }

    /// <summary>An array to which nothing but a straight line was done, after a step that does the rest.</summary>
    private OnnxArray Line(OnnxArray x)
    {
        if (x.Origin is not ValueOrigin || !x.Function.IsLine)
        {
            network.Matrix(ref x);
        }

        return x;
    }

    private OnnxArray Clipped(OnnxArray x, double low, double high)
    {
        if (x.Function.Clipped(low, high) is { } both)
        {
            return x with { Function = both };
        }

        x = Line(x);
        return x with { Function = x.Function.Through(CurveKind.Clip, low, high) };
    }

    /// <summary>Elements where a known condition holds, others elsewhere.</summary>
    public static OnnxArray Where(OnnxArray[] inputs)
    {
        int[] shape = inputs.Select(input => input.Shape).Aggregate(ArrayLayout.Common);
        bool[] condition = [.. inputs[0].Broadcast(shape).Numbers().Select(value => value != 0)];
        if (condition.All(holds => holds) || !condition.Any(holds => holds))
        {
            return (condition[0] ? inputs[1] : inputs[2]).Broadcast(shape);
        }

        return (inputs[1], inputs[2]) switch
        {
            ({ Origin: ScoresOrigin } scores, { IsConstant: true } fill) when scores.Shape.SequenceEqual(shape) =>
                OnnxLayers.Filled(scores, condition, fill.Broadcast(shape).Numbers()),
            ({ IsConstant: true } fill, { Origin: ScoresOrigin } scores) when scores.Shape.SequenceEqual(shape) =>
                OnnxLayers.Filled(scores, [.. condition.Select(holds => !holds)], fill.Broadcast(shape).Numbers()),
            _ => throw new Refusal("only scores of attention are replaced where a mask says so; mask those"),
        };
    }

    /// <summary>Two arrays, element by element.</summary>
    public OnnxArray Pairwise(string kind, OnnxArray first, OnnxArray second)
    {
        if (first.IsConstant || second.IsConstant)
        {
            return WithConstant(kind, first.IsConstant ? second : first, first.IsConstant ? first : second, first.IsConstant);
        }

        if (first.Origin is PoolWeightsOrigin != second.Origin is PoolWeightsOrigin && kind == "Mul")
        {
            return first.Origin is PoolWeightsOrigin ? layers.Weighted(first, second) : layers.Weighted(second, first);
        }

        if (first.Origin is DifferenceOrigin { Norm: null } difference && kind == "Mul" && first == second)
        {
            return first with { Origin = difference with { Norm = DistanceNorm.Squared } };
        }

        if (first.Origin is ValueOrigin && first.Origin == second.Origin && first.Layout.IsSame(second.Layout))
        {
            var (f, g) = (first.Function, second.Function);
            var function = kind switch
            {
                "Add" => f.Plus(g),
                "Sub" => f.Plus(g.Times(-1)),
                "Mul" => f.Times(g),
                _ => null,
            };
            if (function is not null)
            {
                return first with { Function = function };
            }
        }

        return kind switch
        {
            "Add" => Sum(first, second),
            "Sub" => Difference(first, second),
            _ => throw new Refusal("two matrices can only be added; gate with a table activation (GELU, SiLU) instead"),
        };
    }

    private OnnxArray Sum(OnnxArray first, OnnxArray second)
    {
        int[] shape = ArrayLayout.Common(first.Shape, second.Shape);
        var left = network.Matrix(ref first);
        var right = network.Matrix(ref second);
        var (a, b) = (first.Layout.Broadcast(shape), second.Layout.Broadcast(shape));
        if ((left.Rows, left.Columns) != (right.Rows, right.Columns) || !a.IsSame(b))
        {
            (left, right) = (network.Rows(first with { Layout = a }), network.Rows(second with { Layout = b }));
            a = ArrayLayout.Plain(shape);
        }

        return OnnxArray.Of(network.Write(new FloatAdd(left, right, new FloatValue(left.Rows, left.Columns))), a);
    }

    private OnnxArray Difference(OnnxArray first, OnnxArray second)
    {
        if (first.Shape.SequenceEqual(second.Shape))
        {
            // A difference of whole matrices can be a sum; one of parts of them only a score.
            var (a, b) = (first, second);
            _ = (network.Matrix(ref a), network.Matrix(ref b));
            return a.Layout.IsSame(b.Layout)
                ? new OnnxArray(new DifferenceOrigin(a, b), a.Layout)
                : new OnnxArray(new DifferenceOrigin(a, b), ArrayLayout.Plain(a.Shape));
        }

        return Sum(first, second with { Function = second.Function.Times(-1) });
    }

    /// <summary>The constant is known, the matrix is not.</summary>
    private OnnxArray WithConstant(string kind, OnnxArray array, OnnxArray constant, bool isConstantFirst)
    {
        double[] numbers = constant.Numbers();
        bool isOne = numbers.Length > 0 && numbers.AsSpan().IndexOfAnyExcept(numbers[0]) < 0;
        if (isOne)
        {
            double number = numbers[0];
            array = array with { Layout = array.Layout.Broadcast(constant.Shape) };
            return (kind, isConstantFirst) switch
            {
                ("Add", _) when number == 0 => array,
                ("Add", _) => array with { Function = array.Function.Plus(new ElementFunction(0, number))! },
                ("Sub", false) => array with { Function = array.Function.Plus(new ElementFunction(0, -number))! },
                ("Sub", true) => array with { Function = array.Function.Times(-1).Plus(new ElementFunction(0, number))! },
                ("Mul", _) => array with { Function = array.Function.Times(number) },
                ("Div", false) => array with { Function = array.Function.Times(1 / number) },
                ("Min", _) => Clipped(array, double.NegativeInfinity, number),
                ("Max", _) => Clipped(array, number, double.PositiveInfinity),
                ("Pow", false) when number == 1 => array,
                ("Pow", false) when number == 2 && array.Origin is DifferenceOrigin { Norm: null } difference =>
                    array with { Origin = difference with { Norm = DistanceNorm.Squared } },
                _ => throw Refusal.Of(kind),
            };
        }

        if (array.Origin is ScoresOrigin && kind == "Add")
        {
            return OnnxLayers.Masked(array, constant);
        }

        return (kind, isConstantFirst) switch
        {
            ("Add" or "Mul", _) => Affine(array, constant, kind),
            ("Sub", false) => Affine(array, Each(x => -x), "Add"),
            ("Sub", true) => Affine(array with { Function = array.Function.Times(-1) }, constant, "Add"),
            ("Div", false) => Affine(array, Each(x => 1 / x), "Mul"),
            _ => throw new Refusal("constants that differ can be added, subtracted, multiplied or divided by; use one of these"),
        };

        OnnxArray Each(Func<double, double> function) => OnnxArray.Constant(constant.Shape, Array.ConvertAll(numbers, x => function(x)));
    }

    /// <summary>A gain per column, or an offset per column or element.</summary>
    public OnnxArray Affine(OnnxArray array, OnnxArray constant, string kind)
    {
        var value = network.Matrix(ref array);
        array = array with { Layout = array.Layout.Broadcast(constant.Shape) };
        bool[] isTaken = new bool[value.Count];
        if (array.Layout.Count != value.Count || array.Layout.Positions.Any(position => isTaken[position] || !(isTaken[position] = true)))
        {
            value = network.Rows(array);
            array = OnnxArray.Of(value, ArrayLayout.Plain(array.Shape));
        }

        double[] numbers = constant.Broadcast(array.Shape).Numbers();
        double[] spread = new double[value.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            spread[array.Layout.Positions[i]] = numbers[i];
        }

        int columns = value.Columns;
        bool isByColumn = !spread.Where((number, i) => number != spread[i % columns]).Any();
        double[] neutral = new double[columns];
        Array.Fill(neutral, kind == "Mul" ? 0 : 1);
        var result = (kind, isByColumn) switch
        {
            ("Mul", true) => network.Scaled(value, spread[..columns], neutral),
            ("Add", true) => network.Scaled(value, neutral, spread[..columns]),
            ("Add", false) => network.Added(value, spread),
            _ => throw new Refusal("a gain differs from row to row; use one for each column"),
        };
        return OnnxArray.Of(result, array.Layout);
    }
}
