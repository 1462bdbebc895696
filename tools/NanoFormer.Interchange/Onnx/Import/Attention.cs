using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>Attention: queries times keys, a softmax, times values, wherever the heads' columns come from; pooling by weights.</summary>
/// <param name="network">Where the steps go.</param>
internal sealed class Attention(NetworkBuilder network)
{
    /// <summary>A mask may be minus infinity, or so low that a softmax gives 0.</summary>
    private const double Hidden = -1e4;

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

    /// <summary>Scores where a condition holds, and something very low elsewhere.</summary>
    public static OnnxArray Filled(OnnxArray array, bool[] isSeen, double[] fill) =>
        fill.Where((value, i) => !isSeen[i] && value > Hidden).Any()
            ? throw new Refusal("masked scores of attention get a value that a softmax does not ignore; use minus infinity")
            : Masked(array, isSeen);

    /// <summary>A softmax: of scores, of the scores of pooling, or of each row.</summary>
    public OnnxArray Softmax(OnnxArray x, int axis, bool isFlattening)
    {
        if (isFlattening && ArrayLayout.Product(x.Shape[(axis + 1)..]) != 1)
        {
            throw new Refusal("it goes over several dimensions; export operator set 13 or later");
        }

        if (x.Origin is ScoresOrigin scores)
        {
            return axis == x.Layout.Rank - 1 && IsPlain(x)
                ? new OnnxArray(new AttentionWeightsOrigin(scores with { Factor = scores.Factor * FactorOf(x) }), x.Layout)
                : throw new Refusal("the softmax of attention must go over the keys");
        }

        var value = network.Matrix(ref x);
        if (value.Columns == 1 && value.Rows > 1 && x.Shape[axis] == value.Rows && x.Layout.IsInOrder)
        {
            return new OnnxArray(new PoolWeightsOrigin(value), x.Layout);
        }

        var rows = axis == x.Layout.Rank - 1 ? network.Rows(x) : throw new Refusal("it must go over the last dimension");
        return OnnxArray.Of(network.Write(new FloatSoftmax(rows, new FloatValue(rows.Rows, rows.Columns))), ArrayLayout.Plain(x.Shape));
    }

    /// <summary>Each token times its weight, to be summed.</summary>
    public OnnxArray Weighted(OnnxArray weights, OnnxArray tokens)
    {
        var scores = ((PoolWeightsOrigin)weights.Origin).Scores;
        var value = network.Rows(tokens);
        int[] shape = ArrayLayout.Common(weights.Shape, tokens.Shape);
        return weights.Layout.Rank >= 2 && weights.Shape[^1] == 1 && weights.Shape[^2] == value.Rows && shape.SequenceEqual(tokens.Shape)
            ? new OnnxArray(new WeightedOrigin(scores, value), ArrayLayout.Plain(shape))
            : throw new Refusal("weights of pooling must be one per token; use such");
    }

    /// <summary>The sum of weighted tokens.</summary>
    public OnnxArray Summed(OnnxArray weighted, int[] axes, bool isRankKept)
    {
        var (scores, tokens) = (WeightedOrigin)weighted.Origin;
        int rank = weighted.Layout.Rank;
        return axes.Contains(rank - 2) && !axes.Contains(rank - 1)
            ? Pool(scores, OnnxArray.Of(tokens, ArrayLayout.Plain(1, tokens.Rows, tokens.Columns)), isRankKept
                ? [.. weighted.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)]
                : [.. weighted.Shape.Where((_, axis) => !axes.Contains(axis))])
            : throw new Refusal("weighted tokens must be summed over the tokens");
    }

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

    /// <summary>Weights over the tokens times the tokens: <c>[1, R] x [R, C]</c>.</summary>
    private OnnxArray Pool(FloatValue scores, OnnxArray tokens, int[] shape)
    {
        var value = network.Rows(tokens);
        var layer = LayerOf(scores);
        if (layer.Input != value || value.Rows != scores.Rows)
        {
            throw new Refusal("pooling weights must come from a linear layer over the tokens that they weigh");
        }

        var step = new FloatAttentionPool(value, new FloatValue(1, value.Columns), layer.Weights, layer.Biases);
        return OnnxArray.Of(network.Write(step), ArrayLayout.Plain(shape));
    }
}
