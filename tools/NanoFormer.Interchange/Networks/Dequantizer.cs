using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>
/// The float network that an integer model stands for: its weights times their scales, nothing rounded in between. Values and constants
/// keep the quantization they had, so that the same network can be written with it.
/// </summary>
/// <remarks>Windows are in the units of the channels, not in raw steps.</remarks>
public sealed class Dequantizer
{
    private readonly Graph _graph;
    private readonly Dictionary<Tensor, FloatValue> _values = [];
    private readonly List<FloatStep> _steps = [];

    private Dequantizer(Graph graph)
    {
        _graph = graph;
    }

    /// <summary>The float network of a model.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.OperatorNotExpressible"/> for operators that a float network does not have.
    /// </exception>
    public static FloatNetwork Run(Graph graph) => new Dequantizer(graph).Run();

    private FloatNetwork Run()
    {
        var input = new FloatValue(_graph.Window.Rows, _graph.Window.Columns, QuantizationOf(_graph.Window));
        _values[_graph.Window] = input;
        foreach (var step in _graph.Operators)
        {
            Add(step);
        }

        return new FloatNetwork
        {
            Name = _graph.ModelId,
            Input = input,
            Output = _values[_graph.Output],
            Steps = _steps,
            Channels = _graph.Input.Channels,
            Labels = _graph.Labels,
            Source = "Dequantized from the integer model: its weights are multiples of their int8 steps.",
        };
    }

    private void Add(Operator step)
    {
        switch (step)
        {
            case Quantize quantize:
                Quantize(quantize);
                break;
            case Linear linear:
                var layer = Layer(linear.Weights, linear.ChannelConstants, linear.Input, linear.Output);
                Limit(linear, linear.Clamp, output => new FloatLinear(_values[linear.Input], output, layer.Weights, layer.Biases));
                break;
            case Convolution convolution:
                Convolve(convolution);
                break;
            case Attention attention:
                Attend(attention);
                break;
            case AttentionPool pool:
                Pool(pool);
                break;
            case LayerNorm norm:
                Normalize(norm);
                break;
            case Lookup lookup:
                var function = FunctionOf(lookup);
                Write(lookup, output => new FloatFunction(_values[lookup.Input], output, function));
                break;
            case Model.Add add:
                Limit(add, add.Clamp, output => Sum(add, output));
                break;
            case Concat concat:
                Write(concat, output => new FloatConcat(_values[concat.Input], _values[concat.Second], output, concat.Axis));
                break;
            case Distance { Output.Columns: 1 } distance:
                Write(distance, output => new FloatDistance(
                    _values[distance.Input], _values[distance.Second], output, distance.Norm, distance.Lag));
                break;
            case Mean mean:
                Write(mean, output => new FloatMean(_values[mean.Input], output));
                break;
            case Last last:
                Write(last, output => new FloatLast(_values[last.Input], output));
                break;
            case Softmax softmax:
                Write(softmax, output => new FloatSoftmax(_values[softmax.Input], output));
                break;
            default:
                throw new InterchangeException(InterchangeError.OperatorNotExpressible,
                    $"{step.Kind} has no counterpart in a float network; "
                    + (step is Distance ? "let it have one result, not one per channel." : "train with softmax attention."));
        }
    }

    private void Write(Operator step, Func<FloatValue, FloatStep> make)
    {
        var output = new FloatValue(step.Output.Rows, step.Output.Columns, QuantizationOf(step.Output));
        _steps.Add(make(output));
        _values[step.Output] = output;
    }

    /// <summary>
    /// A step, and behind it the non-linearity that its clamp stands for. What lies between the two is never quantized. A zero point of
    /// -128 cuts negative values as ReLU does, so that its clamp need not; but logits with that zero point only happened to be positive
    /// wherever their range was observed.
    /// </summary>
    private void Limit(Operator step, ClampRange clamp, Func<FloatValue, FloatStep> make)
    {
        if (clamp == ClampRange.Full && (step.Output.ZeroPoint != sbyte.MinValue || AreLogits(step.Output)))
        {
            Write(step, make);
            return;
        }

        var unlimited = new FloatValue(step.Output.Rows, step.Output.Columns);
        _steps.Add(make(unlimited));
        Write(step, output => new FloatClip(unlimited, output, Bound(clamp.Low, step.Output), Bound(clamp.High, step.Output)));
    }

    private bool AreLogits(Tensor tensor) => _graph.Operators.Any(step => step is Softmax softmax && softmax.Input == tensor);

    /// <summary>The limits of int8 itself, except a lower one of 0, are limits of the storage, not of the function.</summary>
    private static float Bound(int value, Tensor output) => value switch
    {
        sbyte.MaxValue => float.PositiveInfinity,
        sbyte.MinValue when output.ZeroPoint != sbyte.MinValue => float.NegativeInfinity,
        _ => (float)(output.Scale.ToReal() * (value - output.ZeroPoint)),
    };

    private FloatStep Sum(Model.Add step, FloatValue output)
    {
        var input = _values[step.Input];
        if (step.Second is not ConstantTensor constant)
        {
            return new FloatAdd(input, _values[step.Second], output);
        }

        double scale = constant.Scale.ToReal();
        float[] values = [.. constant.Int8Values.ToArray().Select(value => (float)(scale * (value - constant.ZeroPoint)))];
        return new FloatAddConstant(input, output,
            new FloatConstant(values, new QuantizedConstant(constant.Int8Values.ToArray(), [(float)scale], constant.ZeroPoint)));
    }

    private static Quantization? QuantizationOf(Tensor tensor) =>
        tensor.ElementType == ElementType.Int8 ? new Quantization(tensor.Scale.ToReal(), tensor.ZeroPoint) : null;

    private static FloatFunctionKind FunctionOf(Lookup step)
    {
        (var input, var output) = (QuantizationOf(step.Input)!.Value, QuantizationOf(step.Output)!.Value);
        foreach (var kind in Enum.GetValues<FloatFunctionKind>())
        {
            var table = LookupTable.Create(FloatFunctions.Of(kind), input, output);
            if (table.Data.SequenceEqual(step.Table.Data))
            {
                return kind;
            }
        }

        throw new InterchangeException(InterchangeError.OperatorNotExpressible, "The table of a lookup is not that of GELU, SiLU or tanh.");
    }

    private void Quantize(Quantize step)
    {
        var selected = Selected(step);
        var constants = new ChannelConstants(step.ChannelConstants);
        int columns = step.Output.Columns;
        float[] gains = new float[columns];
        float[] offsets = new float[columns];
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
        var window = _values[step.Input];
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
        var layer = Layer(step.Weights, step.ChannelConstants, step.Input, step.Output, isDepthwise);
        Limit(step, step.Clamp, output => new FloatConvolution(
            _values[step.Input], output, layer.Weights, layer.Biases, isDepthwise, step.Kernel, step.Stride, step.PadLeft));
    }

    /// <summary>The scales of queries, keys and values are not in an image. Any with the products of the image will do.</summary>
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
        var layer = Layer(step.Weights, step.ChannelConstants, step.Input, channel => channel < 2 * inner ? root : values);
        Write(step, result => new FloatAttention(
            _values[step.Input], result, layer.Weights, layer.Biases, step.Heads, step.Reach.Before, step.Reach.After, inside));
    }

    private void Pool(AttentionPool step)
    {
        double scores = step.Exponentials.Scale.ToReal();
        var layer = Layer(step.Weights, step.ChannelConstants, step.Input, _ => scores);
        Write(step, output => new FloatAttentionPool(_values[step.Input], output, layer.Weights, layer.Biases));
    }

    private void Normalize(LayerNorm step)
    {
        int columns = step.Output.Columns;
        var constants = new ChannelConstants(step.ChannelConstants);
        double scale = step.Output.Scale.ToReal();
        float[] gains = new float[columns];
        float[] biases = new float[columns];
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
        return new Affine(
            new FloatConstant(values, new QuantizedConstant(steps, Array.ConvertAll(scales, scale => (float)scale))),
            new FloatConstant(realBiases));
    }
}
