using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Fully connected layer on every row: <c>[T][K]</c> to <c>[T][N]</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Weights"><c>[N][K]</c>.</param>
/// <param name="Biases"><c>[N]</c>.</param>
public sealed record FloatLinear(FloatValue Input, FloatValue Output, FloatConstant Weights, FloatConstant Biases)
    : FloatStep(Input, Output)
{
    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Parameters => [Weights.Values, Biases.Values];

    internal override float[] Run(IReadOnlyDictionary<FloatValue, float[]> values) =>
        [.. Multiply(values[Input], Input.Columns, Weights.Values, Biases.Values).Select(value => (float)value)];

    internal override string Write(OnnxNodes nodes) =>
        Write(nodes, nodes[Input], Weights, Biases, 0, Output.Columns);

    /// <summary><c>[T][K]</c> by weights <c>[N][K]</c>, plus biases <c>[N]</c>.</summary>
    internal static double[] Multiply(float[] x, int columns, float[] weights, float[] biases)
    {
        int outputs = biases.Length;
        double[] result = new double[x.Length / columns * outputs];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            double sum = biases[output];
            for (int k = 0; k < columns; k++)
            {
                sum += (double)x[row * columns + k] * weights[output * columns + k];
            }

            result[i] = sum;
        }

        return result;
    }

    /// <summary>Outputs from one on, of a layer of weights <c>[N][K]</c>: MatMul with <c>[K, outputs]</c>, and the bias.</summary>
    internal static string Write(OnnxNodes nodes, string x, FloatConstant weights, FloatConstant biases, int first, int outputs)
    {
        int columns = weights.Values.Length / biases.Values.Length;
        var part = Part(weights, first, outputs, columns);
        string matrix = nodes.Constant([columns, outputs], part, new Reordering([outputs, columns], [1, 0]), axis: 1);
        string bias = nodes.Constant([outputs], biases.Values[first..(first + outputs)]);
        return nodes.Add("Add", nodes.Add("MatMul", x, matrix), bias);
    }

    private static FloatConstant Part(FloatConstant weights, int first, int outputs, int columns)
    {
        var values = (first * columns)..((first + outputs) * columns);
        var quantized = weights.Quantized is { } known
            ? known with { Values = known.Values[values], Scales = known.Scales[first..(first + outputs)] }
            : null;
        return new FloatConstant(weights.Values[values], quantized);
    }
}

/// <content>From the integer graph.</content>
public sealed partial class Dequantizer
{
    FloatValue IOperatorVisitor<FloatValue>.Visit(Linear step)
    {
        var (weights, biases) = Layer(step.Weights, step.ChannelConstants, step.Input, step.Output);
        return Limit(step, step.Clamp, output => new FloatLinear(_values[step.Input], output, weights, biases));
    }

    private static (FloatConstant Weights, FloatConstant Biases) Layer(
        ConstantTensor weights, ConstantTensor constants, Tensor input, Tensor output, bool isDepthwise = false) =>
        Layer(weights, constants, input, _ => output.Scale.ToReal(), isDepthwise);

    /// <summary>Weights times their scales, and biases without the zero points that were folded into them.</summary>
    private static (FloatConstant Weights, FloatConstant Biases) Layer(
        ConstantTensor weights, ConstantTensor constants, Tensor input, Func<int, double> outputScale, bool isDepthwise = false)
    {
        var channels = new ChannelConstants(constants);
        int outputs = channels.Count;
        int columns = weights.Count / outputs;
        double inputScale = input.Scale.ToReal();
        double[] scales = new double[outputs];
        for (int i = 0; i < outputs; i++)
        {
            scales[i] = channels.Multiplier(i).ToReal() * outputScale(i) / inputScale;
        }

        double[] biases = new double[outputs];
        for (int i = 0; i < outputs; i++)
        {
            biases[i] = channels.Biases[i];
        }

        sbyte[] steps = weights.Int8Values.ToArray();
        float[] values = new float[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            int channel = isDepthwise ? i % outputs : i / columns;
            values[i] = (float)(steps[i] * scales[channel]);
            biases[channel] += input.ZeroPoint * steps[i];
        }

        float[] realBiases = [.. biases.Select((bias, i) => (float)(bias * inputScale * scales[i]))];
        return (
            new FloatConstant(values, new QuantizedConstant(steps, Array.ConvertAll(scales, scale => (float)scale))),
            new FloatConstant(realBiases));
    }
}

/// <content>TensorFlow Lite.</content>
public sealed partial class TfliteExporter
{
    int IOperatorVisitor<int>.Visit(Linear step)
    {
        var output = OutputOf(step);
        int input = _indices[step.Input];
        float[] scales = Found(ScaleSearch.Weights(_network.ScaleOf(input), Multipliers(step.ChannelConstants), output.Scale), step);
        return LimitTo(step.Clamp, output, activation =>
            OnRows(step, input, step.Weights.Int8Values, step.ChannelConstants, 0, scales, output, activation));
    }

    /// <summary>A linear layer on every row: weights <c>[N][K]</c>, of whose channel constants those from one on are taken.</summary>
    private int OnRows(Operator step, int input, ReadOnlySpan<sbyte> weights, ConstantTensor constants, int first, float[] scales,
        TfliteQuantization output, TfliteActivation activation = TfliteActivation.None)
    {
        int outputs = scales.Length;
        int[] sums = RowSums(weights, outputs);
        int filter = _network.Constant("weights", [outputs, 1, 1, step.Input.Columns], weights, new TfliteQuantization(scales, 0));
        var folded = new ChannelConstants(constants).Biases.Slice(first, outputs);
        int bias = Bias(step.Input, _network.ScaleOf(input), folded, sums, scales);
        return _network.Run(TfliteKind.Conv2d, [input, filter, bias], new Conv2dOptions(IsPadded: false, 1, activation),
            [1, 1, step.Input.Rows, outputs], output);
    }

    /// <summary>Biases as they were before zero points were folded into them.</summary>
    private int Bias(Tensor input, float inputScale, ReadOnlySpan<int> folded, int[] weightSums, float[] weightScales)
    {
        int[] biases = new int[weightSums.Length];
        float[] scales = new float[weightSums.Length];
        for (int i = 0; i < biases.Length; i++)
        {
            biases[i] = folded[i] + input.ZeroPoint * weightSums[i];
            scales[i] = inputScale * weightScales[i];
        }

        return _network.Constant("bias", [biases.Length], biases, new TfliteQuantization(scales, 0));
    }

    private static FixedMultiplier[] Multipliers(ConstantTensor tensor)
    {
        var constants = new ChannelConstants(tensor);
        var multipliers = new FixedMultiplier[constants.Count];
        for (int i = 0; i < multipliers.Length; i++)
        {
            multipliers[i] = constants.Multiplier(i);
        }

        return multipliers;
    }

    private static int[] RowSums(ReadOnlySpan<sbyte> weights, int rows)
    {
        int[] sums = new int[rows];
        for (int i = 0; i < weights.Length; i++)
        {
            sums[i / (weights.Length / rows)] += weights[i];
        }

        return sums;
    }
}

/// <content>Back from ONNX.</content>
internal sealed partial class OnnxLayers
{
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
}
