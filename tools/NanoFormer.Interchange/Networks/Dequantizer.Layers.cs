using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <content>Layers with weights.</content>
public sealed partial class Dequantizer
{
    private void Quantize(Quantize step)
    {
        FloatValue selected = Selected(step);
        var constants = new ChannelConstants(step.ChannelConstants);
        int columns = step.Output.Columns;
        var gains = new float[columns];
        var offsets = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            double realStep = constants.Multiplier(c).ToReal() * step.Output.Scale.ToReal();
            gains[c] = (float)(realStep / _graph.Input.Channels[step.FirstChannel + c].Scale.ToReal());
            offsets[c] = (float)(-constants.Biases[c] * realStep);
        }

        Write(step, output => new FloatScale(selected, output, gains, offsets));
    }

    /// <summary>The channels and samples that are quantized: the window itself where that is all of them.</summary>
    private FloatValue Selected(Quantize step)
    {
        FloatValue window = _values[step.Input];
        if (step.Step == 1 && step.Output.Columns == window.Columns)
        {
            return window;
        }

        var selected = new FloatValue(step.Output.Rows, step.Output.Columns);
        _steps.Add(new FloatSelect(window, selected, step.FirstChannel, step.Step));
        return selected;
    }

    private void Convolve(Convolution step)
    {
        bool isDepthwise = step is DepthwiseConv1d;
        Affine layer = Layer(step.Weights, step.ChannelConstants, step.Input, step.Output, isDepthwise);
        Limit(step, step.Clamp, output => new FloatConvolution(
            _values[step.Input], output, layer.Weights, layer.Biases, isDepthwise, step.Kernel, step.Stride, step.PadLeft));
    }

    /// <summary>The scales of queries, keys and values are not in an image. Any will do whose products are those that it tells.</summary>
    private void Attend(Attention step)
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
        Affine layer = Layer(step.Weights, step.ChannelConstants, step.Input, channel => channel < 2 * inner ? root : values);
        Write(step, result => new FloatAttention(
            _values[step.Input], result, layer.Weights, layer.Biases, step.Heads, step.Reach.Before, step.Reach.After, inside));
    }

    private void Pool(AttentionPool step)
    {
        double scores = step.Exponentials.Scale.ToReal();
        Affine layer = Layer(step.Weights, step.ChannelConstants, step.Input, _ => scores);
        Write(step, output => new FloatAttentionPool(_values[step.Input], output, layer.Weights, layer.Biases));
    }

    private void Normalize(LayerNorm step)
    {
        int columns = step.Output.Columns;
        var constants = new ChannelConstants(step.ChannelConstants);
        double scale = step.Output.Scale.ToReal();
        var gains = new float[columns];
        var biases = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            double unit = constants.Multiplier(c).ToReal() * scale;
            gains[c] = (float)(step.Weights.Int8Values[c] * unit * Math.ScaleB(1, 15) / Math.Sqrt(columns));
            biases[c] = (float)(constants.Biases[c] * unit);
        }

        double inputScale = step.Input.Scale.ToReal();
        float epsilon = (float)(step.Epsilon * inputScale * inputScale / Math.Pow(columns, 3));
        Limit(step, step.Clamp, output => new FloatLayerNorm(_values[step.Input], output, gains, biases, epsilon));
    }

    private static Affine Layer(ConstantTensor weights, ConstantTensor constants, Tensor input, Tensor output, bool isDepthwise = false) =>
        Layer(weights, constants, input, _ => output.Scale.ToReal(), isDepthwise);

    /// <summary>Weights times their scales, and biases without the zero points that were folded into them.</summary>
    private static Affine Layer(ConstantTensor weights, ConstantTensor constants, Tensor input, Func<int, double> outputScale,
        bool isDepthwise = false)
    {
        var channels = new ChannelConstants(constants);
        int outputs = channels.Count;
        int columns = weights.Count / outputs;
        double inputScale = input.Scale.ToReal();
        var scales = new double[outputs];
        for (int i = 0; i < outputs; i++)
        {
            scales[i] = channels.Multiplier(i).ToReal() * outputScale(i) / inputScale;
        }

        var biases = new double[outputs];
        for (int i = 0; i < outputs; i++)
        {
            biases[i] = channels.Biases[i];
        }

        sbyte[] steps = weights.Int8Values.ToArray();
        var values = new float[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            int channel = isDepthwise ? i % outputs : i / columns;
            values[i] = (float)(steps[i] * scales[channel]);
            biases[channel] += input.ZeroPoint * steps[i];
        }

        float[] realBiases = [.. biases.Select((bias, i) => (float)(bias * inputScale * scales[i]))];
        return new Affine(
            new FloatConstant(values, new QuantizedConstant(steps, Array.ConvertAll(scales, scale => (float)scale))),
            new FloatConstant(realBiases));
    }
}
