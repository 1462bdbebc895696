using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Multi-head self-attention without the output projection: <c>[S][D]</c> to <c>[S][H * P]</c>, scores over sqrt(P).</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
/// <param name="Biases"><c>[3][H][P]</c>.</param>
/// <param name="Heads">H.</param>
/// <param name="Before">Tokens before itself that a token sees.</param>
/// <param name="After">Tokens after itself that a token sees.</param>
/// <param name="Inside">How the integer model holds what is inside; null in a network that was never quantized.</param>
public sealed record FloatAttention(
    FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases, int Heads, int Before, int After,
    AttentionQuantization? Inside = null)
    : FloatStep(Input, Output)
{
    /// <summary>Columns of a head.</summary>
    public int HeadColumns => Output.Columns / Heads;

    /// <summary>Whether every token sees every token.</summary>
    public bool IsFull => Math.Min(Before, After) >= Input.Rows - 1;

    /// <summary>Whether token <paramref name="row"/> sees token <paramref name="other"/>.</summary>
    public bool Sees(int row, int other) => other >= row - Before && other <= row + After;

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Weights.Values, Biases.Values];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        (int rows, int size, int inner) = (Input.Rows, HeadColumns, Output.Columns);
        double[] projected = FloatLinear.Multiply(values[Input], Input.Columns, Weights.Values, Biases.Values);
        float[] result = new float[Output.Count];
        for (int head = 0; head < Heads; head++)
        {
            for (int i = 0; i < rows; i++)
            {
                int[] seen = [.. Enumerable.Range(0, rows).Where(j => Sees(i, j))];
                double[] weights = FloatSoftmax.Of([.. seen.Select(j => Score(projected, inner, head * size, size, i, j))]);
                for (int c = 0; c < size; c++)
                {
                    int column = 2 * inner + head * size + c;
                    double sum = seen.Zip(weights, (j, weight) => weight * projected[j * 3 * inner + column]).Sum();
                    result[i * inner + head * size + c] = (float)sum;
                }
            }
        }

        return result;
    }

    private static double Score(double[] projected, int inner, int first, int size, int query, int key)
    {
        double sum = 0;
        for (int c = 0; c < size; c++)
        {
            sum += projected[query * 3 * inner + first + c] * projected[key * 3 * inner + inner + first + c];
        }

        return sum / Math.Sqrt(size);
    }

    internal override string Write(OnnxNodes nodes)
    {
        int inner = Output.Columns;
        string queries = ByHead(nodes, Part(0, Inside?.Query), 0, 2, 1, 3);
        string keys = ByHead(nodes, Part(1, Inside?.Key), 0, 2, 3, 1);
        string values = ByHead(nodes, Part(2, Inside?.Value), 0, 2, 1, 3);
        string product = nodes.Add("MatMul", queries, keys);
        string factor = nodes.Scalar((float)(1 / Math.Sqrt(HeadColumns)));
        string scores = nodes.Quantized(nodes.Add("Mul", product, factor), Inside?.Scores);
        string seen = IsFull ? scores : nodes.Add("Add", scores, Mask(nodes));
        string weights = nodes.Add("Softmax", [seen], OnnxMessages.Attribute("axis", -1));
        string context = nodes.Add("MatMul", nodes.Quantized(weights, Inside is null ? null : Quantization.Probability), values);
        return nodes.Add("Reshape", nodes.Transpose(context, 0, 2, 1, 3), nodes.Shape(0, Input.Rows, inner));

        string Part(int part, Quantization? quantization) =>
            nodes.Quantized(FloatLinear.Write(nodes, nodes[Input], Weights, Biases, part * inner, inner), quantization);
    }

    private string ByHead(OnnxNodes nodes, string x, params long[] order) => nodes.Transpose(
        nodes.Add("Reshape", x, nodes.Shape(0, Input.Rows, Heads, HeadColumns)), order);

    /// <summary>0 for the tokens that a token sees, minus infinity for the others.</summary>
    private string Mask(OnnxNodes nodes)
    {
        int rows = Input.Rows;
        float[] mask = new float[rows * rows];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = Sees(i / rows, i % rows) ? 0 : float.NegativeInfinity;
        }

        return nodes.Constant([rows, rows], mask);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    /// <summary>The scales of queries, keys and values are not in an image. Any with the products of the image will do.</summary>
    FloatValue IOperatorVisitor<FloatValue>.Visit(Attention step)
    {
        double scores = step.Exponentials.Scale.ToReal();
        double output = step.Output.Scale.ToReal();
        double root = Math.Sqrt(step.ScoreMultiplier.ToReal() * scores * Math.Sqrt(step.HeadColumns));
        double values = step.ContextMultiplier.ToReal() * output / Quantization.Probability.Scale;
        var inside = new AttentionQuantization(
            new Quantization(root, step.QueryZeroPoint),
            new Quantization(root, step.KeyZeroPoint),
            new Quantization(values, step.ValueZeroPoint),
            new Quantization(scores, step.ScoreZeroPoint),
            new Quantization(output, step.Output.ZeroPoint));
        int inner = step.Heads * step.HeadColumns;
        var layer = Layer(step.Weights, step.ChannelConstants, step.Input, channel => channel < 2 * inner ? root : values);
        return Write(step, result => new FloatAttention(
            _values[step.Input], result, layer.Weights, layer.Biases, step.Heads, step.Reach.Before, step.Reach.After, inside));
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Attention step)
    {
        if (Math.Min(step.Reach.Before, step.Reach.After) < step.Input.Rows - 1)
        {
            throw NotExpressible(step, "builtin operators have no softmax over a part of a row; only full attention can be written");
        }

        var output = OutputOf(step);
        ProjectionScales[] parts = [.. Enumerable.Range(0, 3).Select(part => ScalesOf(step, part))];
        double realProduct = step.ScoreMultiplier.ToReal() * step.Exponentials.Scale.ToReal() * Math.Sqrt(step.HeadColumns);
        (parts[0], parts[1]) = ProjectionScales.ToProduct(parts[0], parts[1], realProduct);
        parts[2] = parts[2].Near(step.ContextMultiplier.ToReal() * output.Scale / Quantization.Probability.Scale);
        float probability = (float)Quantization.Probability.Scale;
        (float queryScale, float productScale) = Found(ScaleSearch.Product(parts[0].Output, parts[1].Output, step.ScoreMultiplier), step);
        (float scoreScale, float beta) = Found(ScaleSearch.Exponents(productScale, step.Exponentials.Scale), step);
        (float valueScale, float contextScale) = Found(ScaleSearch.Product(parts[2].Output, probability, step.ContextMultiplier), step);

        int queries = Project(step, 0, step.QueryZeroPoint, parts[0]);
        int keys = Project(step, 1, step.KeyZeroPoint, parts[1]);
        int values = Project(step, 2, step.ValueZeroPoint, parts[2]);
        int q = ToHeads(step, queries, queryScale);
        int k = ToHeads(step, keys, parts[1].Output);
        int v = ToHeads(step, values, valueScale);
        int[] square = [1, step.Heads, step.Input.Rows, step.Input.Rows];
        int product = _network.Run(TfliteKind.BatchMatMul, [q, k], new BatchMatMulOptions(IsSecondTransposed: true), square,
            new TfliteQuantization(productScale, step.ScoreZeroPoint));
        int scores = _network.Reshape(product, square, new TfliteQuantization(scoreScale, step.ScoreZeroPoint));
        int weights = Probabilities(scores, beta);
        int context = _network.Run(TfliteKind.BatchMatMul, [weights, v], new BatchMatMulOptions(IsSecondTransposed: false),
            _network[v].Shape, new TfliteQuantization(contextScale, step.Output.ZeroPoint));
        return _network.Reshape(_network.ExchangeMiddle(context, output), ShapeOf(step.Output));
    }

    /// <summary>The scale of queries, keys or values is not in an image; it is one of those of which the multipliers can come.</summary>
    private ProjectionScales ScalesOf(Attention step, int part)
    {
        int outputs = step.Heads * step.HeadColumns;
        var multipliers = Multipliers(step.ChannelConstants)[(part * outputs)..((part + 1) * outputs)];
        return Found(ScaleSearch.Projection(_network.ScaleOf(_indices[step.Input]), multipliers), step);
    }

    /// <summary>Queries, keys or values of all heads.</summary>
    private int Project(Attention step, int part, int zeroPoint, ProjectionScales scales)
    {
        int outputs = step.Heads * step.HeadColumns;
        var weights = step.Weights.Int8Values.Slice(part * outputs * step.Input.Columns, outputs * step.Input.Columns);
        return OnRows(step, _indices[step.Input], weights, step.ChannelConstants, part * outputs, scales.Weights,
            new TfliteQuantization(scales.Output, zeroPoint));
    }

    private int ToHeads(Attention step, int projected, float scale)
    {
        int zeroPoint = _network[projected].Quantization!.ZeroPoint;
        int parted = _network.Reshape(projected, [1, step.Input.Rows, step.Heads, step.HeadColumns]);
        return _network.ExchangeMiddle(parted, new TfliteQuantization(scale, zeroPoint));
    }
}

/// <summary>
/// Products of queries and keys, <c>[heads][S][S]</c>: for each head the columns of the matrices that they are, a factor, and which keys a
/// query sees (null: all).
/// </summary>
internal sealed record ScoresOrigin(HeadColumns Queries, HeadColumns Keys, double Factor, bool[]? Seen = null) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) => throw OnnxLayers.WeightsAlone();
}

/// <summary>The softmax of scores.</summary>
internal sealed record AttentionWeightsOrigin(ScoresOrigin Scores) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) => throw OnnxLayers.WeightsAlone();
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    /// <summary>A mask may be minus infinity, or so low that a softmax gives 0.</summary>
    private const double Hidden = -1e4;

    /// <summary>Weights of tokens stand where values should.</summary>
    public static Refusal WeightsAlone() => new("weights of attention or pooling can only be multiplied with values and summed");

    /// <summary>Two matrices of the network multiplied.</summary>
    public OnnxArray Multiply(OnnxArray first, OnnxArray second)
    {
        if (first.Origin is PoolWeightsOrigin { Scores: var pooling } && second.Origin is ValueOrigin)
        {
            return first.Shape[^1] == pooling.Rows && first.Layout.Count == pooling.Rows
                ? Pool(pooling, second, [.. second.Shape[..^2], 1, second.Shape[^1]])
                : throw new Refusal("weights of pooling must be one row, over all tokens; use such");
        }

        if (first.Layout.Rank < 2 || second.Layout.Rank < 2 || first.Shape[^1] != second.Shape[^2]
            || !first.Shape.AsSpan()[..^2].SequenceEqual(second.Shape.AsSpan()[..^2]))
        {
            throw new ArgumentException(
                $"[{string.Join(", ", first.Shape)}] and [{string.Join(", ", second.Shape)}] cannot be multiplied.");
        }

        if (first.Origin is AttentionWeightsOrigin { Scores: var scores } && second.Origin is ValueOrigin && IsPlain(first))
        {
            var (v, factor) = Heads(second);
            var context = Attend(scores, v, factor);
            var byHeads = ArrayLayout.Plain(context.Rows, v.Columns.Length, v.Size).Transpose(1, 0, 2);
            return OnnxArray.Of(context, byHeads with { Shape = second.Shape });
        }

        if (first.Origin is not ValueOrigin || second.Origin is not ValueOrigin)
        {
            throw new Refusal("two matrices are only multiplied in attention: queries with keys, and the softmax of that with values");
        }

        var (q, left) = Heads(first);
        var (k, right) = Heads(second with { Layout = second.Layout.Flipped() });
        return new OnnxArray(new ScoresOrigin(q, k, left * right), ArrayLayout.Plain([.. first.Shape[..^1], second.Shape[^1]]));
    }

    /// <summary>A mask added to scores: which keys each query sees.</summary>
    public static OnnxArray Masked(OnnxArray array, OnnxArray mask)
    {
        double[] numbers = mask.Broadcast(array.Shape).Numbers();
        return numbers.All(value => value == 0 || value <= Hidden)
            ? Masked(array, [.. numbers.Select(value => value == 0)])
            : throw new Refusal("what is added to the scores of attention is not a mask of 0 and minus infinity, but a bias; leave it out");
    }

    private static OnnxArray Masked(OnnxArray array, bool[] isSeen)
    {
        var scores = (ScoresOrigin)array.Origin;
        int size = scores.Queries.Value.Rows * scores.Keys.Value.Rows;
        bool[] first = isSeen[..size];
        if (!IsPlain(array) || isSeen.Where((seen, i) => seen != first[i % size]).Any())
        {
            throw new Refusal("its mask differs from head to head; use one for all");
        }

        bool[] seen = scores.Seen is { } before ? [.. before.Zip(first, (a, b) => a && b)] : first;
        return new OnnxArray(scores with { Factor = scores.Factor * FactorOf(array), Seen = seen }, array.Layout);
    }

    /// <summary>Scores where a condition holds, and something very low elsewhere.</summary>
    public static OnnxArray Filled(OnnxArray array, bool[] isSeen, double[] fill) =>
        fill.Where((value, i) => !isSeen[i] && value > Hidden).Any()
            ? throw new Refusal("masked scores of attention get a value that a softmax does not ignore; use minus infinity")
            : Masked(array, isSeen);

    private (HeadColumns Columns, double Factor) Heads(OnnxArray array)
    {
        if (!array.Function.IsLine || array.Function.Offset != 0)
        {
            network.Matrix(ref array);
        }

        array = network.Settled(array);
        var columns = HeadColumns.Of(((ValueOrigin)array.Origin).Value, array.Layout) ?? throw new Refusal(
            "it is not a product of queries and keys, or of attention weights and values, over all tokens in their order");
        return (columns, array.Function.Gain);
    }

    private static double FactorOf(OnnxArray array) => array.Function is { IsLine: true, Offset: 0 } line
        ? line.Gain
        : throw new Refusal("scores of attention may only be scaled and masked before their softmax");

    private static bool IsPlain(OnnxArray array) => array.Layout.IsInOrder;

    private FloatValue Attend(ScoresOrigin scores, HeadColumns values, double valueFactor)
    {
        var (queries, keys) = (scores.Queries, scores.Keys);
        if (queries.Size != values.Size || keys.Columns.Length != values.Columns.Length)
        {
            throw new Refusal($"heads of {queries.Size} query and {values.Size} value columns; use as many of both, and as many heads");
        }

        int size = values.Size;
        FloatLinear[] layers = [LayerOf(queries.Value), LayerOf(keys.Value), LayerOf(values.Value)];
        var input = layers[0].Input;
        if (layers.Any(layer => layer.Input != input))
        {
            throw new Refusal("queries, keys and values come from different tokens (cross-attention); use self-attention");
        }

        var weights = new List<float>();
        var biases = new List<float>();
        double[] factors = [scores.Factor * Math.Sqrt(size), 1, valueFactor];
        foreach (var (layer, part, factor) in layers.Zip([queries, keys, values], factors))
        {
            foreach (int column in part.Columns.SelectMany(columns => columns))
            {
                int inputs = layer.Input.Columns;
                weights.AddRange(layer.Weights.Values.AsSpan(column * inputs, inputs).ToArray().Select(w => (float)(w * factor)));
                biases.Add((float)(layer.Biases.Values[column] * factor));
            }
        }

        var (before, after) = ReachOf(scores.Seen, input.Rows);
        int heads = values.Columns.Length;
        return network.Write(new FloatAttention(input, new FloatValue(input.Rows, heads * size), new FloatConstant([.. weights]),
            new FloatConstant([.. biases]), heads, before, after));
    }

    private FloatLinear LayerOf(FloatValue value) => network.MakerOf(value) as FloatLinear
        ?? throw new Refusal("queries, keys and values must each come straight from a linear layer over the tokens");

    /// <summary>How many tokens before and after itself a token sees.</summary>
    private static (int Before, int After) ReachOf(bool[]? seen, int rows)
    {
        if (seen is null)
        {
            return (rows - 1, rows - 1);
        }

        (int before, int after) = (0, 0);
        for (int i = 0; i < seen.Length; i++)
        {
            int distance = i % rows - i / rows;
            before = seen[i] ? Math.Max(before, -distance) : before;
            after = seen[i] ? Math.Max(after, distance) : after;
        }

        bool isBand = !seen.Where((isSeen, i) =>
            isSeen != (i % rows - i / rows is var distance && distance >= -before && distance <= after)).Any();
        return isBand ? (before, after) : throw new Refusal("its mask is not a band around the diagonal (padding masks, for example, hide "
            + "the same tokens from all); use a causal or windowed one, and windows of a fixed length");
    }
}
