using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>Self-attention of all heads side by side, without the output projection.</summary>
    T Attention(T input, AttentionLayer layer, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Attention(Tensor input, AttentionLayer layer, string name)
    {
        var (queries, keys, values) = AttentionMath.Split(Affine(input, layer.Projections, name), layer.Heads);
        return AttentionMath.Join(layer.Options.Kind == AttentionKind.Linear
            ? LinearAttentionMath.Context(queries.relu(), keys.relu(), values, layer.Options)
            : AttentionMath.Weights(AttentionMath.Scores(queries, keys), layer.Options.Reach).matmul(values));
    }
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Attention(ActivationTensor input, AttentionLayer layer, string name)
    {
        var names = new AttentionNames(name);
        var own = IntegerLayer.FromLinear(layer.Projections, input.Scale.ToReal());
        var (queries, keys, values) = (scales(names.Queries), scales(names.Keys), scales(names.Values));
        return layer.Options.Kind == AttentionKind.Linear
            ? builder.LinearAttention(input, layer.Heads, layer.HeadColumns, own.Weights, own.WeightScales, own.Biases,
                new LinearAttentionQuantization(queries, keys, values, scales(names.Context)), layer.Options.Causal, layer.Options.Decay)
            : builder.Attention(input, layer.Heads, layer.HeadColumns, own.Weights, own.WeightScales, own.Biases,
                new AttentionQuantization(queries, keys, values, scales(names.Scores), scales(names.Context)), layer.Options.Reach);
    }
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Attention(RoundedTensor input, AttentionLayer layer, string name)
    {
        var names = new AttentionNames(name);
        var sums = Product(input, layer.Projections);
        return layer.Options.Kind == AttentionKind.Linear
            ? LinearAttention(input, layer, names, name, sums.Real)
            : SoftmaxAttention(input, layer, names, name, Project(sums, names));
    }

    /// <summary>Queries, keys and values as the device has them, <c>[B, S, 3 * H * P]</c>.</summary>
    private Tensor Project(Sums sums, AttentionNames names)
    {
        string[] parts = [names.Queries, names.Keys, names.Values];
        return cat([.. sums.Split(parts.Length).Zip(parts, (part, name) => Requantize(part, name).Values)], -1);
    }

    private RoundedTensor SoftmaxAttention(RoundedTensor input, AttentionLayer layer, AttentionNames names, string name, Tensor projected)
    {
        var (queries, keys, values) = AttentionMath.Split(projected, layer.Heads);
        double product = quantizer[names.Queries].Scale * quantizer[names.Keys].Scale / Math.Sqrt(layer.HeadColumns);
        var (scores, scoreSteps) = Requantize(Sums.Of(AttentionMath.Scores(queries, keys), product), names.Scores);
        var weights = RoundedWeights(scores, scoreSteps, layer.Options.Reach, quantizer[names.Scores].Scale);
        product = Quantization.Probability.Scale * quantizer[names.Values].Scale;
        var (context, steps) = Requantize(Sums.Of(AttentionMath.Join(weights.matmul(values)), product), names.Context);
        return new RoundedTensor(context, steps, graph.Attention(input.Shape, layer, name));
    }

    /// <summary>The integer softmax over what each token sees.</summary>
    private static Tensor RoundedWeights(Tensor scores, sbyte[] steps, AttentionReach reach, double scale)
    {
        var real = AttentionMath.Weights(scores, reach);
        int tokens = (int)scores.shape[^1];
        var fixedScale = ExponentialTable.ToFixedScale(scale);
        sbyte[] weights = new sbyte[steps.Length];
        Array.Fill(weights, sbyte.MinValue);
        for (int row = 0; row * tokens < steps.Length; row++)
        {
            int token = row % tokens;
            int first = Math.Max(token - reach.Before, 0);
            int seen = Math.Min(token + reach.After + 1, tokens) - first;
            int start = row * tokens + first;
            Model.Softmax.Compute(steps.AsSpan(start, seen), seen, fixedScale, weights.AsSpan(start, seen));
        }

        return StraightThrough.Apply(real, weights, Quantization.Probability, ClampRange.Full);
    }

    /// <summary>Features are observed from 0 on, as the device cuts what lies below.</summary>
    private RoundedTensor LinearAttention(RoundedTensor input, AttentionLayer layer, AttentionNames names, string name, Tensor projected)
    {
        var parts = projected.chunk(3, dim: -1);
        quantizer.Observe(names.Queries, parts[0].relu());
        quantizer.Observe(names.Keys, parts[1].relu());
        quantizer.Observe(names.Values, parts[2]);
        var (queries, keys, values) = AttentionMath.Split(projected, layer.Heads);
        var real = AttentionMath.Join(LinearAttentionMath.Context(queries.relu(), keys.relu(), values, layer.Options));
        return Compute(real, names.Context, () => graph.Attention(input.Shape, layer, name), input);
    }
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Attention(FloatValue input, AttentionLayer layer, string name)
    {
        if (layer.Options.Kind == AttentionKind.Linear)
        {
            throw new InterchangeException(
                InterchangeError.OperatorNotExpressible, "Linear attention has no counterpart in a float network.");
        }

        var reach = layer.Options.Reach;
        return Step(input.Rows, layer.Heads * layer.HeadColumns, output => new FloatAttention(input, output,
            Constant(layer.Projections.Weight), Constant(layer.Projections.Bias), layer.Heads, reach.Before, reach.After));
    }
}
