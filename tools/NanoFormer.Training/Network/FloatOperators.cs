using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace NanoFormer.Training.Network;

/// <summary>The network in float on a batch <c>[B, T, C]</c> of scaled windows, with dropout while it trains.</summary>
/// <param name="windows">Scaled windows.</param>
/// <param name="dropRate">Part of the values dropped behind the positions and from what blocks add.</param>
/// <param name="clean">Windows that a score compares the network with in place of <paramref name="windows"/>; null for the same.</param>
internal sealed class FloatOperators(Tensor windows, double dropRate = 0, Tensor? clean = null) : IOperators<Tensor>
{
    public Tensor Input(StreamOptions stream)
    {
        var channels = Samples(stream);
        return stream.Gains is [1] ? channels : cat([.. stream.Gains.Select(gain => InputScaling.Clip(channels * gain))], -1);
    }

    public Tensor Target(StreamOptions stream, Tensor input) => clean is null ? input : new FloatOperators(clean).Input(stream);

    /// <summary>The samples of a stream at a gain of 1.</summary>
    public Tensor Samples(StreamOptions stream)
    {
        var channels = windows.narrow(2, stream.FirstChannel, stream.ChannelsOf((int)windows.shape[2]));
        return stream.Step == 1 ? channels : channels[.., TensorIndex.Slice(stream.Step - 1, null, stream.Step)];
    }

    public Tensor Affine(Tensor input, AffineLayer layer, string name) =>
        Activate(layer.NormAfter is { } norm ? Norm(norm, Product(input, layer)) : Product(input, layer), layer.Activation);

    public Tensor Attention(Tensor input, AttentionLayer layer, string name)
    {
        var (queries, keys, values) = AttentionMath.Split(Affine(input, layer.Projections, name), layer.Heads);
        return AttentionMath.Join(layer.Options.Kind == AttentionKind.Linear
            ? LinearAttentionMath.Context(queries.relu(), keys.relu(), values, layer.Options)
            : AttentionMath.Weights(AttentionMath.Scores(queries, keys), layer.Options.Reach).matmul(values));
    }

    public Tensor LayerNorm(Tensor input, LayerNormLayer layer, string name) =>
        nn.functional.layer_norm(input, [input.shape[^1]], layer.Weight, layer.Bias, LayerNormLayer.Epsilon);

    public Tensor Function(Tensor input, ActivationKind function, string name) => Apply(input, function);

    public Tensor Add(Tensor tokens, Tensor branch, string name) => tokens + Drop(branch);

    public Tensor AddPositions(Tensor tokens, Tensor positions, string name) => Drop(tokens + positions);

    public Tensor JoinRows(Tensor first, Tensor second, string name) => cat([first, second], 1);

    public Tensor JoinOutputs(Tensor first, Tensor second) => cat([first, second], -1);

    public Tensor Mean(Tensor input, string name) => input.mean([1]);

    public Tensor Last(Tensor input) => input.select(1, -1);

    public Tensor AttentionPool(Tensor input, AffineLayer scores, string name) =>
        (Affine(input, scores, name).softmax(1) * input).sum([1]);

    public Tensor Softmax(Tensor logits) => logits.softmax(-1);

    public Tensor Patches(Tensor input, int patchSamples, double gain, string name) =>
        gain * input.reshape(input.shape[0], input.shape[1] / patchSamples, -1);

    public Tensor Distance(Tensor reconstruction, Tensor actual, ScoreOptions options)
    {
        long rows = actual.shape[1] - options.Lag;
        var difference = reconstruction.narrow(1, 0, rows) - actual.narrow(1, options.Lag, rows);
        return (options.Norm == DistanceNorm.Absolute ? difference.abs() : difference.square()).flatten(1).mean([1], keepdim: true);
    }

    /// <summary>A linear layer or convolution of <c>[B, T, K]</c>, its norm before it, without what follows.</summary>
    public static Tensor Product(Tensor input, AffineLayer layer) =>
        Product(layer.NormBefore is { } norm ? Norm(norm, input) : input, layer, layer.Weight, layer.Bias);

    /// <summary>The same with other weights and bias, and without the norm.</summary>
    public static Tensor Product(Tensor input, AffineLayer layer, Tensor weight, Tensor bias)
    {
        if (layer.Over is not { } over)
        {
            return nn.functional.linear(input, weight, bias);
        }

        var padded = nn.functional.pad(input.transpose(1, 2), [over.PadLeft, over.PadRight]);
        return nn.functional.conv1d(padded, weight, bias, over.Stride, groups: over.IsDepthwise ? layer.Outputs : 1).transpose(1, 2);
    }

    public static Tensor Activate(Tensor values, ActivationKind? fused) => fused is { } kind ? Apply(values, kind) : values;

    private static Tensor Apply(Tensor values, ActivationKind function) => function switch
    {
        ActivationKind.Relu => values.relu(),
        ActivationKind.Relu6 => values.relu6(),
        ActivationKind.Gelu => nn.functional.gelu(values),
        ActivationKind.Silu => nn.functional.silu(values),
        _ => values.tanh(),
    };

    private static Tensor Norm(TorchSharp.Modules.BatchNorm1d norm, Tensor input) =>
        norm.forward(input.reshape(-1, input.shape[^1])).reshape(input.shape);

    private Tensor Drop(Tensor values) => dropRate > 0 ? nn.functional.dropout(values, dropRate, training: true) : values;
}
