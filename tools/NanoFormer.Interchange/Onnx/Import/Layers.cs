using NanoFormer.Interchange.Networks;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>Layers with weights, norms, means and joins.</summary>
/// <param name="network">Where their steps go.</param>
internal sealed class Layers(NetworkBuilder network)
{
    private readonly Dictionary<FloatValue, (FloatValue Source, int Before, int After)> _padded = [];

    /// <summary>Weights <c>[N][K]</c>, a constant, on every row of K elements; no biases for none.</summary>
    public OnnxArray Linear(OnnxArray x, OnnxArray weights, double[] biases)
    {
        int outputs = weights.Shape[0];
        if (x.Layout.Rank == 0 || x.Shape[^1] != weights.Shape[1])
        {
            throw new ArgumentException($"Rows of {x.Shape.LastOrDefault(1)} do not fit weights [{outputs}, {weights.Shape[1]}].");
        }

        var result = network.Layer(network.Gather(x), weights.Numbers(), biases.Length == 0 ? new double[outputs] : biases);
        return OnnxArray.Of(result, ArrayLayout.Plain([.. x.Shape[..^1], outputs]));
    }

    /// <summary>A matrix times known weights, which come second.</summary>
    public OnnxArray MatMul(OnnxArray x, OnnxArray weights)
    {
        int[] shape = weights.Shape;
        return shape.Length >= 2 && ArrayLayout.Product(shape[..^2]) == 1
            ? Linear(x, weights with { Layout = (weights.Layout with { Shape = shape[^2..] }).Transpose(1, 0) }, [])
            : throw new Refusal("it multiplies with several matrices of weights at once; use one linear layer");
    }

    /// <summary>A linear layer on a matrix of two dimensions.</summary>
    public OnnxArray Gemm(NodeProto node, OnnxArray[] inputs)
    {
        if (node.Int("transA", 0) != 0 || !inputs[1].IsConstant || (inputs.Length > 2 && !inputs[2].IsConstant))
        {
            throw new Refusal("only a matrix times known weights; use a linear layer");
        }

        var weights = inputs[1] with { Layout = node.Int("transB", 0) != 0 ? inputs[1].Layout : inputs[1].Layout.Transpose(1, 0) };
        (double alpha, double beta) = (node.Float("alpha", 1), node.Float("beta", 1));
        double[] biases = inputs.Length > 2 ? [.. inputs[2].Broadcast([1, weights.Shape[0]]).Numbers().Select(bias => beta * bias)] : [];
        return biases.Length is 0 || biases.Length == weights.Shape[0]
            ? Linear(inputs[0], OnnxArray.Constant(weights.Shape, [.. weights.Numbers().Select(w => alpha * w)]), biases)
            : throw new Refusal("its bias differs from row to row; use one per output");
    }

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

    /// <summary>BatchNorm as it is when it no longer learns, by the channels of dimension 1.</summary>
    public static (OnnxArray Gains, OnnxArray Offsets) BatchNorm(NodeProto node, OnnxArray[] inputs)
    {
        double[][] parts = [.. inputs.Skip(1).Take(4).Select(input => input.Numbers())];
        if (node.Int("training_mode", 0) != 0 || parts.Any(part => part.Length != inputs[0].Shape[1]))
        {
            throw new Refusal("it is not a BatchNorm that has stopped learning; export model.eval()");
        }

        double epsilon = node.Float("epsilon", 1e-5f);
        double[] gains = [.. parts[0].Zip(parts[3], (gain, variance) => gain / Math.Sqrt(variance + epsilon))];
        double[] offsets = [.. parts[1].Select((bias, c) => bias - parts[2][c] * gains[c])];
        int[] shape = [gains.Length, .. Enumerable.Repeat(1, inputs[0].Layout.Rank - 2)];
        return (OnnxArray.Constant(shape, gains), OnnxArray.Constant(shape, offsets));
    }

    /// <summary>LayerNorm over the last dimension; gains and biases are constants of that size.</summary>
    public OnnxArray LayerNorm(OnnxArray x, double[] gains, double[] biases, float epsilon)
    {
        var rows = network.Rows(x);
        return rows.Columns == gains.Length && rows.Columns == biases.Length
            ? OnnxArray.Of(network.Write(new FloatLayerNorm(rows, new FloatValue(rows.Rows, rows.Columns), NetworkBuilder.Floats(gains),
                NetworkBuilder.Floats(biases), epsilon)), ArrayLayout.Plain(x.Shape))
            : throw new Refusal("its gains and biases are not one per channel; use LayerNorm over the channels alone");
    }

    /// <summary>Mean or sum over the rows, whichever dimension they are.</summary>
    public OnnxArray Mean(OnnxArray x, int[] axes, bool isRankKept, bool isSum)
    {
        int[] kept = [.. Enumerable.Range(0, x.Layout.Rank).Except(axes)];
        int[] shape = isRankKept
            ? [.. x.Shape.Select((length, axis) => axes.Contains(axis) ? 1 : length)]
            : [.. kept.Select(axis => x.Shape[axis])];
        int count = ArrayLayout.Product(kept.Select(axis => x.Shape[axis]));
        var turned = x.Layout.Transpose([.. axes, .. kept]);
        var value = network.Rows(x with { Layout = turned with { Shape = [turned.Count / Math.Max(1, count), count] } });
        var mean = network.Write(new FloatMean(value, new FloatValue(1, value.Columns)));
        var result = OnnxArray.Of(mean, ArrayLayout.Plain(shape));
        return isSum ? result with { Function = new ElementFunction(value.Rows, 0) } : result;
    }

    /// <summary>The mean size of a difference: an anomaly score.</summary>
    public OnnxArray Score(OnnxArray x, int[] axes, bool isRankKept)
    {
        var (first, second, norm) = ((DifferenceOrigin)x.Origin) is { Norm: { } size } difference
            ? (difference.First, difference.Second, size)
            : throw new Refusal("it averages differences that may cancel; use their absolute values or squares");
        var (reconstruction, from) = Span(ref first);
        var (actual, to) = Span(ref second);
        int lag = to - from;
        bool isWhole = axes.Length == x.Layout.Rank || axes.Where(axis => x.Shape[axis] != 1).Order().SequenceEqual(
            Enumerable.Range(0, x.Layout.Rank).Where(axis => x.Shape[axis] != 1));
        if (!isWhole || from != 0 || lag < 0 || (reconstruction.Rows, reconstruction.Columns) != (actual.Rows, actual.Columns)
            || first.Layout.Count != (reconstruction.Rows - lag) * reconstruction.Columns)
        {
            throw new Refusal("an anomaly score is the mean difference of two matrices, the second maybe some rows later; use that");
        }

        var distance = network.Write(new FloatDistance(reconstruction, actual, new FloatValue(1, 1), norm, lag));
        return OnnxArray.Of(distance, ArrayLayout.Plain(isRankKept ? [.. x.Shape.Select(_ => 1)] : []));
    }

    /// <summary>Matrices one behind the other or side by side; of constants, rows before or behind those of the network.</summary>
    public OnnxArray Join(OnnxArray[] parts, int axis)
    {
        int rank = parts[0].Layout.Rank;
        if (rank < 2 || axis < rank - 2 || ArrayLayout.Product(parts[0].Shape[..^2]) != 1
            || parts.Any(part => part.Layout.Rank != rank || part.Shape.Where((size, i) => i != axis && size != parts[0].Shape[i]).Any()))
        {
            throw new Refusal("join the tokens of several sensors, or their channels, alone");
        }
        // Where rows are the last dimension, the parts are turned.
        bool isTurned = !parts.All(part => part.IsConstant || IsUpright(part));
        var upright = isTurned ? [.. parts.Select(part => part with { Layout = part.Layout.Flipped() })] : parts;
        bool isRows = (axis == rank - 2) != isTurned;
        FloatValue joined;
        if (upright.Any(part => part.IsConstant))
        {
            joined = isRows ? WithRows(upright) : throw new Refusal("constant channels are joined; leave them out");
        }
        else
        {
            joined = upright.Select(network.Rows).Aggregate((first, second) => network.Write(isRows
                ? new FloatConcat(first, second, new FloatValue(first.Rows + second.Rows, first.Columns), ConcatAxis.Rows)
                : new FloatConcat(first, second, new FloatValue(first.Rows, first.Columns + second.Columns), ConcatAxis.Columns)));
        }

        var layout = ArrayLayout.Plain([.. Enumerable.Repeat(1, rank - 2), joined.Rows, joined.Columns]);
        return OnnxArray.Of(joined, isTurned ? layout.Flipped() : layout);
    }

    private bool IsUpright(OnnxArray array)
    {
        var value = network.Matrix(ref array);
        return RowGather.Of(value, array.Layout) is not null;
    }

    /// <summary>Constant rows, such as a class token, around those of a matrix: zeros that a constant is added to.</summary>
    private FloatValue WithRows(OnnxArray[] parts)
    {
        int position = Array.FindIndex(parts, part => !part.IsConstant);
        if (Array.FindLastIndex(parts, part => !part.IsConstant) != position)
        {
            throw new Refusal("constant tokens lie between those of several sensors; join the sensors first");
        }

        var value = network.Rows(parts[position]);
        double[] before = [.. parts[..position].SelectMany(part => part.Numbers())];
        double[] after = [.. parts[(position + 1)..].SelectMany(part => part.Numbers())];
        var padded = Padded(value, before.Length / value.Columns, after.Length / value.Columns);
        return network.Added(padded, [.. before, .. new double[value.Count], .. after]);
    }

    private FloatValue Padded(FloatValue value, int before, int after)
    {
        float[] ones = new float[value.Columns];
        Array.Fill(ones, 1);
        var output = new FloatValue(value.Rows + before + after, value.Columns);
        return network.Write(new FloatConvolution(value, output, new FloatConstant(ones), new FloatConstant(new float[value.Columns]),
            IsDepthwise: true, 1, 1, before));
    }

    /// <summary>The matrix that whole rows are of, and the first of them.</summary>
    private (FloatValue Value, int FirstRow) Span(ref OnnxArray array)
    {
        var value = network.Matrix(ref array);
        int first = array.Layout.Positions[0];
        return first % value.Columns == 0 && !array.Layout.Positions.Where((position, i) => position != first + i).Any()
            ? (value, first / value.Columns)
            : throw new Refusal("an anomaly score is the mean difference of whole rows; use that");
    }
}
