using System.Globalization;
using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Weights;

/// <summary>
/// The float network of an encoder's weights, by the names the trainer gives them: <c>convolutions.I.weight</c>,
/// <c>convolutionNorms.I.*</c>, <c>positions</c>, <c>blocks.I.attentionNorm.norm.*</c>, <c>blocks.I.queriesKeysValues.*</c>,
/// <c>blocks.I.projection.*</c>, <c>blocks.I.feedForwardNorm.norm.*</c>, <c>blocks.I.expand.*</c>, <c>blocks.I.contract.*</c>,
/// <c>headNorm.norm.*</c>, <c>head.*</c>; shapes as in PyTorch.
/// </summary>
public sealed class EncoderWeights
{
    private const double NormEpsilon = 1e-5;

    private readonly EncoderShape _shape;
    private readonly IReadOnlyDictionary<string, WeightTensor> _tensors;
    private readonly List<FloatStep> _steps = [];

    private EncoderWeights(EncoderShape shape, IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        _shape = shape;
        _tensors = tensors;
    }

    /// <summary>The network: windows in the units of the channels to the probabilities of the classes.</summary>
    /// <param name="name">Names it.</param>
    /// <param name="shape">What it is made of.</param>
    /// <param name="tensors">Its weights.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <param name="ranges">For each channel the value that becomes 1.</param>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadTensor"/>: one is missing or has another shape.</exception>
    public static FloatNetwork ToNetwork(string name, EncoderShape shape, IReadOnlyDictionary<string, WeightTensor> tensors,
        int windowSamples, IReadOnlyList<double> ranges) => new EncoderWeights(shape, tensors).Build(name, windowSamples, ranges);

    private FloatNetwork Build(string name, int windowSamples, IReadOnlyList<double> ranges)
    {
        var input = new FloatValue(windowSamples, ranges.Count);
        float[] gains = [.. ranges.Select(range => (float)(1 / range))];
        FloatValue x = Write(new FloatScale(input, new FloatValue(windowSamples, ranges.Count), gains, new float[ranges.Count]));
        for (int i = 0; i < _shape.Convolutions.Count; i++)
        {
            x = Convolve(x, i);
        }

        int width = x.Columns;
        float[] positions = Tensor("positions", x.Rows, width);
        x = Write(new FloatAddConstant(x, new FloatValue(x.Rows, width), new FloatConstant(positions)));
        for (int i = 0; i < _shape.Blocks; i++)
        {
            x = FeedForward(Attend(x, i), i);
        }

        x = Write(new FloatMean(x, new FloatValue(1, width)));
        x = Normalize(x, "headNorm.norm");
        x = Linear(x, "head", Find("head.weight").Shape[0]);
        return new FloatNetwork
        {
            Name = name,
            Input = input,
            Output = Write(new FloatSoftmax(x, new FloatValue(1, x.Columns))),
            Steps = _steps,
            Source = "The float network as it was trained, before quantization.",
        };
    }

    private FloatValue Convolve(FloatValue x, int index)
    {
        EncoderConvolution layer = _shape.Convolutions[index];
        string key = Key($"convolutions.{index}.weight");
        float[] weights = new Reordering([layer.Channels, x.Columns, layer.Kernel], [0, 2, 1])
            .Apply(Tensor(key, layer.Channels, x.Columns, layer.Kernel));
        int rows = layer.OutputRows(x.Rows);
        var output = new FloatValue(rows, layer.Channels);
        FloatValue y = Write(new FloatConvolution(x, output, new FloatConstant(weights), new FloatConstant(new float[layer.Channels]),
            IsDepthwise: false, layer.Kernel, layer.Stride, layer.Padding));
        y = Normalize(y, Key($"convolutionNorms.{index}"));
        return Write(new FloatClip(y, new FloatValue(rows, layer.Channels), 0, float.PositiveInfinity));
    }

    private FloatValue Attend(FloatValue x, int block)
    {
        int inner = _shape.Heads * _shape.HeadColumns;
        FloatValue normal = Normalize(x, Key($"blocks.{block}.attentionNorm.norm"));
        string key = Key($"blocks.{block}.queriesKeysValues");
        var weights = new FloatConstant(Tensor(key + ".weight", 3 * inner, x.Columns));
        var biases = new FloatConstant(Tensor(key + ".bias", 3 * inner));
        FloatValue context = Write(new FloatAttention(
            normal, new FloatValue(x.Rows, inner), weights, biases, _shape.Heads, x.Rows - 1, x.Rows - 1));
        return Sum(x, Linear(context, Key($"blocks.{block}.projection"), x.Columns));
    }

    private FloatValue FeedForward(FloatValue x, int block)
    {
        FloatValue normal = Normalize(x, Key($"blocks.{block}.feedForwardNorm.norm"));
        FloatValue hidden = Linear(normal, Key($"blocks.{block}.expand"), _shape.FeedForward);
        FloatValue positive = Write(new FloatClip(hidden, new FloatValue(hidden.Rows, hidden.Columns), 0, float.PositiveInfinity));
        return Sum(x, Linear(positive, Key($"blocks.{block}.contract"), x.Columns));
    }

    private FloatValue Linear(FloatValue x, string key, int outputs) => Write(new FloatLinear(
        x, new FloatValue(x.Rows, outputs),
        new FloatConstant(Tensor(key + ".weight", outputs, x.Columns)), new FloatConstant(Tensor(key + ".bias", outputs))));

    private FloatValue Sum(FloatValue x, FloatValue y) => Write(new FloatAdd(x, y, new FloatValue(x.Rows, x.Columns)));

    /// <summary>BatchNorm with the statistics it has learnt.</summary>
    private FloatValue Normalize(FloatValue x, string key)
    {
        float[] weight = Tensor(key + ".weight", x.Columns);
        float[] bias = Tensor(key + ".bias", x.Columns);
        float[] mean = Tensor(key + ".running_mean", x.Columns);
        float[] variance = Tensor(key + ".running_var", x.Columns);
        var gains = new float[x.Columns];
        var offsets = new float[x.Columns];
        for (int c = 0; c < gains.Length; c++)
        {
            double gain = weight[c] / Math.Sqrt(variance[c] + NormEpsilon);
            gains[c] = (float)gain;
            offsets[c] = (float)(bias[c] - mean[c] * gain);
        }

        return Write(new FloatScale(x, new FloatValue(x.Rows, x.Columns), gains, offsets));
    }

    private FloatValue Write(FloatStep step)
    {
        _steps.Add(step);
        return step.Output;
    }

    private float[] Tensor(string name, params int[] shape)
    {
        WeightTensor tensor = Find(name);
        return tensor.Shape.SequenceEqual(shape)
            ? tensor.Values
            : throw new InterchangeException(InterchangeError.BadTensor,
                $"Tensor '{name}' is [{string.Join(", ", tensor.Shape)}]; the configuration asks for [{string.Join(", ", shape)}].");
    }

    private WeightTensor Find(string name) => _tensors.TryGetValue(name, out WeightTensor? tensor)
        ? tensor
        : throw new InterchangeException(InterchangeError.BadTensor, $"Tensor '{name}' is not in the file.");

    private static string Key(FormattableString key) => key.ToString(CultureInfo.InvariantCulture);
}
