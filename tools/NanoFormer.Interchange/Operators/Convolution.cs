using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Convolution over time, zeros before the first row and after the last.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[N][kernel][C]</c>; depthwise <c>[kernel][C]</c>.</param>
/// <param name="Biases"><c>[N]</c>.</param>
/// <param name="IsDepthwise">Every channel by itself.</param>
/// <param name="Kernel">Rows under the kernel.</param>
/// <param name="Stride">Rows from one output to the next.</param>
/// <param name="PadLeft">Rows of zeros before the first.</param>
public sealed record FloatConvolution(
    FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases, bool IsDepthwise, int Kernel, int Stride, int PadLeft)
    : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Weights.Values, Biases.Values];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values)
    {
        float[] x = values[Input];
        (int rows, int channels, int outputs) = (Input.Rows, Input.Columns, Output.Columns);
        float[] weights = Weights.Values;
        float[] result = new float[Output.Count];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            double sum = Biases.Values[output];
            for (int j = 0; j < Kernel; j++)
            {
                int source = row * Stride + j - PadLeft;
                if (source < 0 || source >= rows)
                {
                    continue;
                }

                if (IsDepthwise)
                {
                    sum += (double)x[source * channels + output] * weights[j * channels + output];
                    continue;
                }

                for (int c = 0; c < channels; c++)
                {
                    sum += (double)x[source * channels + c] * weights[(output * Kernel + j) * channels + c];
                }
            }

            result[i] = (float)sum;
        }

        return result;
    }

    /// <summary>Over <c>[batch, channels, samples]</c>, as ONNX wants it.</summary>
    internal override string Write(OnnxNodes nodes)
    {
        (int channels, int outputs) = (Input.Columns, Output.Columns);
        string weights = IsDepthwise
            ? nodes.Constant([outputs, 1, Kernel], Weights, new Reordering([Kernel, outputs], [1, 0]), axis: 0)
            : nodes.Constant([outputs, channels, Kernel], Weights,
                new Reordering([outputs, Kernel, channels], [0, 2, 1]), axis: 0);
        int needed = (Output.Rows - 1) * Stride + Kernel;
        int after = Math.Max(needed - PadLeft - Input.Rows, 0);
        int rows = (PadLeft + Input.Rows + after - Kernel) / Stride + 1;
        string result = nodes.Add("Conv", [nodes.Transpose(nodes[Input], 0, 2, 1), weights, nodes.Constant([outputs], Biases.Values)],
            OnnxMessages.Attribute("kernel_shape", [Kernel]),
            OnnxMessages.Attribute("strides", [Stride]),
            OnnxMessages.Attribute("pads", [PadLeft, after]),
            OnnxMessages.Attribute("group", IsDepthwise ? channels : 1));
        string image = nodes.Transpose(result, 0, 2, 1);
        return rows == Output.Rows ? image : nodes.Slice(image, 1, 0, Output.Rows, 1);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Conv1d step) => Convolve(step);

    FloatValue IOperatorVisitor<FloatValue>.Visit(DepthwiseConv1d step) => Convolve(step);

    private FloatValue Convolve(Convolution step)
    {
        bool isDepthwise = step is DepthwiseConv1d;
        var layer = Layer(step.Weights, step.ChannelConstants, step.Input, step.Output, isDepthwise);
        return Limit(step, step.Clamp, output => new FloatConvolution(
            _values[step.Input], output, layer.Weights, layer.Biases, isDepthwise, step.Kernel, step.Stride, step.PadLeft));
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Conv1d step) => Convolve(step);

    int IOperatorVisitor<int>.Visit(DepthwiseConv1d step) => Convolve(step);

    private int Convolve(Convolution step)
    {
        var output = OutputOf(step);
        float inputScale = _network.ScaleOf(_indices[step.Input]);
        float[] scales = Found(ScaleSearch.Weights(inputScale, Multipliers(step.ChannelConstants), output.Scale), step);
        int channels = scales.Length;
        bool isDepthwise = step is DepthwiseConv1d;
        int[] sums = isDepthwise ? ColumnSums(step.Weights) : RowSums(step.Weights.Int8Values, channels);
        int weights = isDepthwise
            ? _network.Constant("weights", [1, 1, step.Kernel, channels], step.Weights.Int8Values, new TfliteQuantization(scales, 0, 3))
            : _network.Constant("weights", [channels, 1, step.Kernel, step.Input.Columns], step.Weights.Int8Values,
                new TfliteQuantization(scales, 0));
        int bias = Bias(step.Input, inputScale, new ChannelConstants(step.ChannelConstants).Biases, sums, scales);

        (int input, bool isPadded, int rows) = Pad(step);
        int result = LimitTo(step.Clamp, output, activation => _network.Run(
            isDepthwise ? TfliteKind.DepthwiseConv2d : TfliteKind.Conv2d,
            [input, weights, bias],
            isDepthwise
                ? new DepthwiseOptions(isPadded, step.Stride, activation)
                : new Conv2dOptions(isPadded, step.Stride, activation),
            [1, 1, rows, channels],
            output));
        return rows == step.Output.Rows ? result : _network.Rows(result, 0, step.Output.Rows);
    }

    /// <summary>The input with the padding that the operator itself does not make, and how many rows come out.</summary>
    private (int Input, bool IsPadded, int Rows) Pad(Convolution step)
    {
        (int input, int rows, int outputRows) = (_indices[step.Input], step.Input.Rows, step.Output.Rows);
        int needed = (outputRows - 1) * step.Stride + step.Kernel;
        if (outputRows == (rows + step.Stride - 1) / step.Stride && step.PadLeft == Math.Max(needed - rows, 0) / 2)
        {
            return (input, true, outputRows);
        }

        int after = Math.Max(needed - step.PadLeft - rows, 0);
        int padded = step.PadLeft + after == 0 ? input : _network.PadRows(input, step.PadLeft, after);
        return (padded, false, (step.PadLeft + rows + after - step.Kernel) / step.Stride + 1);
    }

    private static int[] ColumnSums(ConstantTensor weights)
    {
        int[] sums = new int[weights.Columns];
        for (int i = 0; i < weights.Count; i++)
        {
            sums[i % weights.Columns] += weights.Int8Values[i];
        }

        return sums;
    }
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
    private readonly Dictionary<FloatValue, (FloatValue Source, int Before, int After)> _padded = [];

    /// <summary>Conv1d over <c>[1, channels, samples]</c>.</summary>
    public OnnxArray Convolve(NodeProto node, OnnxArray[] inputs)
    {
        if (inputs[0].Layout.Rank != 3 || !inputs[1].IsConstant || inputs[1].Layout.Rank != 3
            || node.Text("auto_pad", "NOTSET") != "NOTSET")
        {
            throw new Refusal("only Conv1d over time with known weights and given padding; use that");
        }

        var value = network.Rows(inputs[0] with { Layout = inputs[0].Layout.Flipped() });
        (int outputs, int groupInputs, int kernel) = (inputs[1].Shape[0], inputs[1].Shape[1], inputs[1].Shape[2]);
        long group = node.Int("group", 1);
        long stride = (node.Ints("strides") ?? [1])[0];
        long dilation = (node.Ints("dilations") ?? [1])[0];
        long[] pads = node.Ints("pads") ?? [0, 0];
        int channels = value.Columns;
        if (stride < 1 || dilation < 1 || group < 1 || kernel < 1 || pads.Length != 2 || pads.Any(pad => pad < 0) || outputs < 1
            || outputs % group != 0 || groupInputs * group != channels)
        {
            throw new Refusal($"its stride {stride}, dilation {dilation}, groups {group} or padding do not fit {channels} channels "
                + $"and weights [{outputs}, {groupInputs}, {kernel}]; the file is damaged");
        }

        if (_padded.TryGetValue(value, out var padded))
        {
            (value, pads) = (padded.Source, [pads[0] + padded.Before, pads[1] + padded.After]);
        }

        int span = ArrayLayout.Limited((kernel - 1) * dilation + 1);
        int before = ArrayLayout.Limited(pads[0]);
        int samples = ArrayLayout.Limited(value.Rows + before + pads[1]);
        if (samples < span)
        {
            throw new Refusal($"its kernel is longer than the {samples} rows that it reads; use a shorter one");
        }

        int rows = (int)((samples - span) / stride) + 1;
        bool isDepthwise = group > 1 && group == channels && outputs == channels;
        float[] weights = new float[ArrayLayout.Product(isDepthwise ? [span, channels] : [outputs, span, channels])];
        double[] given = inputs[1].Numbers();
        for (int i = 0; i < given.Length; i++)
        {
            (int output, int row) = (i / (groupInputs * kernel), i % kernel * (int)dilation);
            int channel = output / (outputs / (int)group) * groupInputs + i / kernel % groupInputs;
            weights[isDepthwise ? row * channels + channel : (output * span + row) * channels + channel] = (float)given[i];
        }

        float[] biases = inputs.Length > 2 ? NetworkBuilder.Floats(inputs[2].Numbers()) : new float[outputs];
        if (biases.Length != outputs)
        {
            throw new ArgumentException($"{biases.Length} biases do not fit {outputs} outputs.");
        }

        var result = network.Write(new FloatConvolution(value, new FloatValue(rows, outputs), new FloatConstant(weights),
            new FloatConstant(biases), isDepthwise, span, (int)Math.Min(stride, int.MaxValue), before));
        return OnnxArray.Of(result, ArrayLayout.Plain(1, rows, outputs).Flipped());
    }

    /// <summary>Zeros before and behind the rows, for the convolution that follows.</summary>
    public OnnxArray Pad(NodeProto node, OnnxArray[] inputs)
    {
        long[] pads = inputs.Length > 1 ? inputs[1].Integers() : node.Ints("pads") ?? [];
        double value = inputs.Length > 2 ? inputs[2].Numbers()[0] : node.Float("value", 0);
        int rank = inputs[0].Layout.Rank;
        if (rank != 3 || node.Text("mode", "constant") != "constant" || value != 0 || inputs.Length > 3 || pads.Length != 2 * rank
            || pads.Any(pad => pad < 0))
        {
            throw new Refusal("only zeros are put before or behind the rows; use such padding");
        }

        int[] padded = Enumerable.Range(0, rank).Where(axis => pads[axis] != 0 || pads[axis + rank] != 0).ToArray();
        if (padded.Length == 0)
        {
            return inputs[0];
        }

        bool isChannelsFirst = padded is [2];
        if (padded is not ([1] or [2]))
        {
            throw new Refusal("only zeros are put before or behind the rows; use such padding");
        }

        var source = network.Rows(isChannelsFirst ? inputs[0] with { Layout = inputs[0].Layout.Flipped() } : inputs[0]);
        int before = ArrayLayout.Limited(pads[padded[0]]);
        int after = ArrayLayout.Limited(pads[padded[0] + rank]);
        var result = Padded(source, before, after);
        _padded[result] = (source, before, after);
        var layout = ArrayLayout.Plain(1, result.Rows, result.Columns);
        return OnnxArray.Of(result, isChannelsFirst ? layout.Flipped() : layout);
    }

    private FloatValue Padded(FloatValue value, int before, int after)
    {
        float[] ones = new float[value.Columns];
        Array.Fill(ones, 1);
        var output = new FloatValue(value.Rows + before + after, value.Columns);
        return network.Write(new FloatConvolution(value, output, new FloatConstant(ones), new FloatConstant(new float[value.Columns]),
            IsDepthwise: true, 1, 1, before));
    }
}
