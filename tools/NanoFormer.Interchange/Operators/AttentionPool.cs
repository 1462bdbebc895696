using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Mean over rows, weighted by a softmax of learned scores.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[C]</c>.</param>
/// <param name="Biases"><c>[1]</c>.</param>
public sealed record FloatAttentionPool(FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases)
    : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Weights.Values, Biases.Values];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        double[] weights = FloatSoftmax.Of(FloatLinear.Multiply(x, Input.Columns, Weights.Values, Biases.Values));
        int columns = Input.Columns;
        return [.. Enumerable.Range(0, columns).Select(c => (float)weights.Select((weight, r) => weight * x[r * columns + c]).Sum())];
    }

    internal override string Write(OnnxNodes nodes)
    {
        string x = nodes[Input];
        string scores = FloatLinear.Write(nodes, x, Weights, Biases, 0, 1);
        string weights = nodes.Add("Softmax", [scores], OnnxMessages.Attribute("axis", 1));
        return nodes.Add("MatMul", nodes.Transpose(weights, 0, 2, 1), x);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(AttentionPool step)
    {
        double scores = step.Exponentials.Scale.ToReal();
        var layer = Layer(step.Weights, step.ChannelConstants, step.Input, _ => scores);
        return Write(step, output => new FloatAttentionPool(_values[step.Input], output, layer.Weights, layer.Biases));
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(AttentionPool step)
    {
        var output = OutputOf(step);
        int input = _indices[step.Input];
        float inputScale = _network.ScaleOf(input);
        var multiplier = Multipliers(step.ChannelConstants)[0];
        (float weight, float scoreScale, float beta) = Found(
            ScaleSearch.Pool(inputScale, multiplier, step.Exponentials.Scale), step);
        float probability = (float)Quantization.Probability.Scale;
        (float valueScale, float contextScale) = Found(ScaleSearch.Product(inputScale, probability, step.ContextMultiplier), step);

        int scores = OnRows(step, input, step.Weights.Int8Values, step.ChannelConstants, 0, [weight],
            new TfliteQuantization(scoreScale, step.ScoreZeroPoint));
        int weights = Probabilities(_network.Reshape(scores, [1, 1, 1, step.Input.Rows]), beta);
        int values = _network.Reshape(input, ShapeOf(step.Input), new TfliteQuantization(valueScale, step.Input.ZeroPoint));
        int[] shape = ShapeOf(step.Output);
        int context = _network.Run(TfliteKind.BatchMatMul, [weights, values], new BatchMatMulOptions(IsSecondTransposed: false), shape,
            new TfliteQuantization(contextScale, step.Output.ZeroPoint));
        return _network.Reshape(context, shape, output);
    }
}

/// <summary>The softmax over the rows of a matrix of one column.</summary>
internal sealed record PoolWeightsOrigin(FloatValue Scores) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) => throw OnnxLayers.WeightsAlone();
}

/// <summary>Every token times its weight, not yet summed.</summary>
internal sealed record WeightedOrigin(FloatValue Scores, FloatValue Tokens) : ArrayOrigin
{
    public override ValueOrigin ToValue(NetworkBuilder network) => throw OnnxLayers.WeightsAlone();

    public override OnnxArray? Reduced(OnnxLayers layers, OnnxArray array, int[] axes, bool isRankKept, bool isSum) => isSum
        ? layers.Summed(array, axes, isRankKept)
        : throw new Refusal("weighted tokens must be summed, not averaged");
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
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
