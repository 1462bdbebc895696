using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <content>Attention: queries times keys, a softmax, times values; wherever the heads' columns come from.</content>
public sealed partial class OnnxImporter
{
    /// <summary>A mask may be minus infinity, or merely very low.</summary>
    private const double Hidden = -1e4;

    private OnnxArray Multiply(OnnxArray first, OnnxArray second)
    {
        switch (first.Origin)
        {
            case ValueOrigin { Value: var queries } when second.Origin is ValueOrigin { Value: var keys }:
                HeadColumns q = Heads(queries, first, isTransposed: false);
                HeadColumns k = Heads(keys, second, isTransposed: true);
                int[] shape = [.. first.Shape[..^1], keys.Rows];
                return new OnnxArray(new ScoresOrigin(q, k, FactorOf(first) * FactorOf(second)), ArrayLayout.Plain(shape));
            case AttentionWeightsOrigin { Scores: var scores } when second.Origin is ValueOrigin { Value: var values } && IsPlain(first):
                HeadColumns v = Heads(values, second, isTransposed: false);
                FloatValue context = Attend(scores, v, FactorOf(second));
                int[] heads = [.. second.Shape];
                ArrayLayout byHeads = ArrayLayout.Plain(context.Rows, v.Columns.Length, v.Size).Transpose([1, 0, 2]);
                return OnnxArray.Of(context, byHeads with { Shape = heads });
            case PoolWeightsOrigin { Scores: var scores } when second.Origin is ValueOrigin && first.Function is null:
                return Pool(first, scores, second);
            default:
                throw NotSupported("two matrices are only multiplied in attention: queries with keys, and the softmax of that with values");
        }
    }

    private HeadColumns Heads(FloatValue value, OnnxArray array, bool isTransposed) => HeadColumns.Of(value, array.Layout, isTransposed)
        ?? throw NotSupported("it is no product of queries and keys, or of attention weights and values, over all tokens in their order");

    private double FactorOf(OnnxArray array) => FunctionMatch.Factor(array.Function)
        ?? throw NotSupported("queries, keys and values may only be scaled before they are multiplied");

    private static bool IsPlain(OnnxArray array) =>
        array.Function is null && array.Layout.Positions.SequenceEqual(Enumerable.Range(0, array.Layout.Positions.Length));

    /// <summary>A mask added to scores: which keys each query sees.</summary>
    private OnnxArray Masked(OnnxArray array, ScoresOrigin scores, OnnxArray mask)
    {
        double[] numbers = (mask with { Layout = mask.Layout.Broadcast(array.Shape) }).Numbers();
        int size = scores.Queries.Value.Rows * scores.Queries.Value.Rows;
        double[] first = numbers[..size];
        bool isMask = first.All(value => value == 0 || value <= Hidden)
            && numbers.Select((value, i) => value == first[i % size]).All(holds => holds);
        if (!isMask || !IsPlain(array with { Function = null }) || scores.Seen is not null)
        {
            throw NotSupported("what is added to the scores of attention is no mask of 0 and minus infinity for all heads; leave it out");
        }

        double factor = scores.Factor * FactorOf(array);
        ScoresOrigin masked = scores with { Factor = factor, Seen = Array.ConvertAll(first, value => value == 0) };
        return array with { Origin = masked, Function = null };
    }

    private OnnxArray Softmax(OnnxArray x, int axis)
    {
        if (x.Origin is ScoresOrigin scores)
        {
            return axis == x.Layout.Rank - 1 && IsPlain(x with { Function = null })
                ? new OnnxArray(new AttentionWeightsOrigin(scores with { Factor = scores.Factor * FactorOf(x) }), x.Layout)
                : throw NotSupported("the softmax of attention must go over the keys");
        }

        FloatValue value = Matrix(ref x);
        if (value.Columns == 1 && value.Rows > 1 && x.Shape[axis] == value.Rows)
        {
            return new OnnxArray(new PoolWeightsOrigin(value), x.Layout);
        }

        FloatValue rows = axis == x.Layout.Rank - 1 ? WholeRows(value, x.Layout) : throw NotSupported("it must go over the last dimension");
        return OnnxArray.Of(Write(new FloatSoftmax(rows, new FloatValue(rows.Rows, rows.Columns))), ArrayLayout.Plain(x.Shape));
    }

    private FloatValue Attend(ScoresOrigin scores, HeadColumns values, double valueFactor)
    {
        (HeadColumns queries, HeadColumns keys) = (scores.Queries, scores.Keys);
        if (queries.Size != values.Size || keys.Columns.Length != values.Columns.Length)
        {
            throw NotSupported($"heads of {queries.Size} query and {values.Size} value columns; use as many of both, and as many heads");
        }

        int size = values.Size;
        FloatLinear[] layers = [LayerOf(queries.Value), LayerOf(keys.Value), LayerOf(values.Value)];
        FloatValue input = layers[0].Input;
        if (layers.Any(layer => layer.Input != input))
        {
            throw NotSupported("queries, keys and values come from different tokens (cross-attention); use self-attention");
        }

        var weights = new List<float>();
        var biases = new List<float>();
        double[] factors = [scores.Factor * Math.Sqrt(size), 1, valueFactor];
        foreach ((FloatLinear layer, HeadColumns part, double factor) in layers.Zip([queries, keys, values], factors))
        {
            foreach (int column in part.Columns.SelectMany(columns => columns))
            {
                int inputs = layer.Input.Columns;
                weights.AddRange(layer.Weights.Values.AsSpan(column * inputs, inputs).ToArray().Select(w => (float)(w * factor)));
                biases.Add((float)(layer.Biases.Values[column] * factor));
            }
        }

        (int before, int after) = ReachOf(scores.Seen, input.Rows);
        int heads = values.Columns.Length;
        return Write(new FloatAttention(input, new FloatValue(input.Rows, heads * size), new FloatConstant([.. weights]),
            new FloatConstant([.. biases]), heads, before, after));
    }

    private FloatLinear LayerOf(FloatValue value) => MakerOf(value) as FloatLinear
        ?? throw NotSupported("queries, keys and values must each come straight from a linear layer over the tokens");

    /// <summary>How many tokens before and after itself a token sees.</summary>
    private (int Before, int After) ReachOf(bool[]? seen, int rows)
    {
        if (seen is null)
        {
            return (rows - 1, rows - 1);
        }

        int before = 0;
        int after = 0;
        for (int i = 0; i < seen.Length; i++)
        {
            int distance = i % rows - i / rows;
            before = seen[i] ? Math.Max(before, -distance) : before;
            after = seen[i] ? Math.Max(after, distance) : after;
        }

        bool isBand = seen.Index().All(pair => pair.Item == (pair.Index % rows - pair.Index / rows is var distance
            && distance >= -before && distance <= after));
        return isBand ? (before, after) : throw NotSupported("its mask is no band around the diagonal; use a causal or windowed one");
    }

    /// <summary>Weights over the tokens times the tokens: <c>[1, R] x [R, C]</c>.</summary>
    private OnnxArray Pool(OnnxArray weights, FloatValue scores, OnnxArray tokens)
    {
        FloatValue value = Matrix(ref tokens);
        bool isWhole = WholeRows(value, tokens.Layout) == value && weights.Shape[^1] == value.Rows && IsPlain(weights);
        FloatLinear layer = LayerOf(scores);
        if (!isWhole || layer.Input != value)
        {
            throw NotSupported("pooling weights must come from a linear layer over the tokens that they weigh");
        }

        var step = new FloatAttentionPool(value, new FloatValue(1, value.Columns), layer.Weights, layer.Biases);
        return OnnxArray.Of(Write(step), ArrayLayout.Plain([.. tokens.Shape[..^2], 1, value.Columns]));
    }
}
