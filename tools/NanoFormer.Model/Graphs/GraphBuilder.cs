using System.Numerics;

namespace NanoFormer.Model;

/// <summary>
/// Builds a graph from real-valued scales: derives the fixed-point multipliers, folds zero points into biases, makes the
/// tables, and turns activations into clamps. Weights come quantized (-127..127), biases as int32 of scale
/// <c>input scale * weight scale</c>, not folded. Operators run in the order of the calls.
/// </summary>
/// <remarks>Methods throw <see cref="ArgumentException"/> when lengths or ranges do not fit.</remarks>
public sealed class GraphBuilder
{
    private readonly string _modelId;
    private readonly InputSpecification _input;
    private readonly WindowTensor _window;
    private readonly List<Operator> _operators = [];
    private readonly Dictionary<ActivationTensor, double> _scales = [];

    /// <summary>Begins a graph that reads windows of the given kind.</summary>
    public GraphBuilder(string modelId, InputSpecification input)
    {
        _modelId = modelId;
        _input = input;
        _window = new WindowTensor(input.WindowSamples, input.Channels.Count);
    }

    /// <summary>Names of the output's columns.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>Suggested confidence, in thousandths, below which an answer is "unknown".</summary>
    public int GateThresholdPermille { get; set; }

    /// <summary>
    /// Raw int16 samples to int8 <c>[T][C]</c>: the real value of a sample is <c>(raw - offset[c]) * stepScales[c]</c>.
    /// To standardize by mean and deviation, give <c>round(mean / units per step)</c> and <c>units per step / deviation</c>.
    /// </summary>
    public ActivationTensor Quantize(ReadOnlySpan<int> offsets, ReadOnlySpan<double> stepScales, Quantization output)
    {
        RequireLength(offsets.Length, _window.Columns, nameof(offsets));
        RequireLength(stepScales.Length, _window.Columns, nameof(stepScales));
        foreach (int offset in offsets)
        {
            RequireMagnitude(offset, ImageFormat.MaxOffset, "offset");
        }

        ActivationTensor result = NewActivation(_window.Rows, _window.Columns, output);
        _operators.Add(new Quantize
        {
            Window = _window,
            ChannelConstants = ChannelConstants.Create(offsets, Multipliers(stepScales, 1, output.Scale)),
            Output = result,
        });
        return result;
    }

    /// <summary>Convolution over time: int8 <c>[T][C]</c> to <c>[outputRows][N]</c>, N being the number of biases.</summary>
    /// <param name="input"><c>[T][C]</c>.</param>
    /// <param name="weights"><c>[N][kernel][C]</c>.</param>
    /// <param name="weightScales"><c>[N]</c>.</param>
    /// <param name="biases"><c>[N]</c>, not folded.</param>
    /// <param name="shape">Kernel, stride, padding and output rows.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor Conv1d(ActivationTensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, ConvolutionShape shape, Quantization output, Activation activation = default)
    {
        ConstantTensor weightTensor = Weights(biases.Length, shape.Kernel * input.Columns, weights);
        ActivationTensor result = NewActivation(shape.OutputRows, biases.Length, output);
        FixedMultiplier[] multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        _operators.Add(new Conv1d
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    /// <summary>Convolution over time of every channel by itself: int8 <c>[T][C]</c> to <c>[outputRows][C]</c>.</summary>
    /// <param name="input"><c>[T][C]</c>.</param>
    /// <param name="weights"><c>[kernel][C]</c>.</param>
    /// <param name="weightScales"><c>[C]</c>.</param>
    /// <param name="biases"><c>[C]</c>, not folded.</param>
    /// <param name="shape">Kernel, stride, padding and output rows.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor DepthwiseConv1d(ActivationTensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, ConvolutionShape shape, Quantization output, Activation activation = default)
    {
        RequireLength(biases.Length, input.Columns, nameof(biases));
        ConstantTensor weightTensor = Weights(shape.Kernel, input.Columns, weights);
        ActivationTensor result = NewActivation(shape.OutputRows, input.Columns, output);
        FixedMultiplier[] multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        _operators.Add(new DepthwiseConv1d
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, ColumnSums(weightTensor), biases, multipliers),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    /// <summary>Fully connected layer on every row: int8 <c>[T][K]</c> to <c>[T][N]</c>, N being the number of biases.</summary>
    /// <param name="input"><c>[T][K]</c>.</param>
    /// <param name="weights"><c>[N][K]</c>.</param>
    /// <param name="weightScales"><c>[N]</c>.</param>
    /// <param name="biases"><c>[N]</c>, not folded.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor Linear(ActivationTensor input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales,
        ReadOnlySpan<int> biases, Quantization output, Activation activation = default)
    {
        ConstantTensor weightTensor = Weights(biases.Length, input.Columns, weights);
        ActivationTensor result = NewActivation(input.Rows, biases.Length, output);
        FixedMultiplier[] multipliers = Multipliers(weightScales, ScaleOf(input), output.Scale);
        _operators.Add(new Linear
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    /// <summary>Multi-head self-attention without the output projection: int8 <c>[S][D]</c> to <c>[S][heads * headColumns]</c>.</summary>
    /// <param name="input"><c>[S][D]</c>, at most 511 rows.</param>
    /// <param name="heads">Number of heads, H.</param>
    /// <param name="headColumns">Columns of a head, P.</param>
    /// <param name="weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
    /// <param name="weightScales"><c>[3][H][P]</c>.</param>
    /// <param name="biases"><c>[3][H][P]</c>, not folded.</param>
    /// <param name="quantization">Of queries, keys, values, scores and output; 1/sqrt(P) belongs to the scores.</param>
    public ActivationTensor Attention(ActivationTensor input, int heads, int headColumns, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, AttentionQuantization quantization)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headColumns, 1);
        int part = heads * headColumns;
        RequireLength(biases.Length, 3 * part, nameof(biases));
        RequireLength(weightScales.Length, 3 * part, nameof(weightScales));
        Quantization query = quantization.Query.Validated(nameof(quantization));
        Quantization key = quantization.Key.Validated(nameof(quantization));
        Quantization value = quantization.Value.Validated(nameof(quantization));
        Quantization scores = quantization.Scores.Validated(nameof(quantization));

        double inputScale = ScaleOf(input);
        FixedMultiplier[] multipliers =
        [
            .. Multipliers(weightScales[..part], inputScale, query.Scale),
            .. Multipliers(weightScales.Slice(part, part), inputScale, key.Scale),
            .. Multipliers(weightScales.Slice(2 * part, part), inputScale, value.Scale),
        ];
        ConstantTensor weightTensor = Weights(3 * part, input.Columns, weights);
        ActivationTensor result = NewActivation(input.Rows, part, quantization.Output);
        _operators.Add(new Attention
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), biases, multipliers),
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(scores.Scale)),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = query.ZeroPoint,
            KeyZeroPoint = key.ZeroPoint,
            ValueZeroPoint = value.ZeroPoint,
            ScoreMultiplier = FixedMultiplier.FromReal(query.Scale * key.Scale / Math.Sqrt(headColumns) / scores.Scale),
            ScoreZeroPoint = scores.ZeroPoint,
            ContextMultiplier = FixedMultiplier.FromReal(Quantization.Probability.Scale * value.Scale / quantization.Output.Scale),
            Output = result,
        });
        return result;
    }

    /// <summary>Element-wise sum of two activations of one shape.</summary>
    public ActivationTensor Add(ActivationTensor first, ActivationTensor second, Quantization output, Activation activation = default) =>
        Add(first, second, ScaleOf(second), output, activation);

    /// <summary>Element-wise sum of an activation and an int8 constant of its shape, such as learned positions.</summary>
    public ActivationTensor AddConstant(ActivationTensor first, ReadOnlySpan<sbyte> constant, Quantization constantQuantization,
        Quantization output, Activation activation = default)
    {
        Quantization quantization = constantQuantization.Validated(nameof(constantQuantization));
        RequireLength(constant.Length, first.Count, nameof(constant));
        FixedMultiplier scale = FixedMultiplier.FromReal(quantization.Scale);
        ConstantTensor second = ConstantTensor.FromInt8(first.Rows, first.Columns, constant, quantization.ZeroPoint, scale);
        return Add(first, second, quantization.Scale, output, activation);
    }

    /// <summary>Mean over rows: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    public ActivationTensor Mean(ActivationTensor input, Quantization output)
    {
        ActivationTensor result = NewActivation(1, input.Columns, output);
        _operators.Add(new Mean
        {
            Input = input,
            Multiplier = MeanMultiplier(FixedMultiplier.FromReal(ScaleOf(input) / output.Scale), input.Rows),
            Output = result,
        });
        return result;
    }

    /// <summary>Softmax over each row: int8 <c>[R][L]</c> to probabilities of the same shape; L at most 511.</summary>
    public ActivationTensor Softmax(ActivationTensor input)
    {
        ActivationTensor result = NewActivation(input.Rows, input.Columns, Quantization.Probability);
        _operators.Add(new Softmax
        {
            Input = input,
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(ScaleOf(input))),
            Output = result,
        });
        return result;
    }

    /// <summary>The graph whose result is the given tensor of one row.</summary>
    public Graph Build(ActivationTensor output)
    {
        RequireLength(output.Rows, 1, nameof(output));
        return new Graph
        {
            ModelId = _modelId,
            Input = _input,
            Labels = [.. Labels],
            GateThresholdPermille = GateThresholdPermille,
            Window = _window,
            Output = output,
            Tensors = Graph.CollectTensors(_window, _operators),
            Operators = [.. _operators],
        };
    }

    /// <summary>The multiplier of a mean over rows, from that of the scales' ratio (NUMERICS.md, section 3.8).</summary>
    internal static FixedMultiplier MeanMultiplier(FixedMultiplier ratio, int rows)
    {
        int n = Math.Min(Math.Min(BitOperations.Log2((uint)rows), 32), 31 + ratio.Shift);
        return new FixedMultiplier((int)(((long)ratio.Mantissa << n) / rows), ratio.Shift - n);
    }

    private ActivationTensor Add(ActivationTensor first, Tensor second, double secondScale, Quantization output, Activation activation)
    {
        if (first.Rows != second.Rows || first.Columns != second.Columns)
        {
            string shapes = $"[{first.Rows}][{first.Columns}] and [{second.Rows}][{second.Columns}]";
            throw new ArgumentException($"{shapes} are not of one shape.", nameof(second));
        }

        double twiceGreater = 2 * Math.Max(ScaleOf(first), secondScale);
        ActivationTensor result = NewActivation(first.Rows, first.Columns, output);
        _operators.Add(new Add
        {
            First = first,
            Second = second,
            FirstMultiplier = FixedMultiplier.FromReal(ScaleOf(first) / twiceGreater),
            SecondMultiplier = FixedMultiplier.FromReal(secondScale / twiceGreater),
            OutputMultiplier = FixedMultiplier.FromReal(twiceGreater / ((1 << 20) * output.Scale)),
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    private ActivationTensor NewActivation(int rows, int columns, Quantization output)
    {
        output.Validated(nameof(output));
        var tensor = new ActivationTensor(rows, columns, output.ZeroPoint, FixedMultiplier.FromReal(output.Scale));
        _scales.Add(tensor, output.Scale);
        return tensor;
    }

    private double ScaleOf(ActivationTensor tensor) =>
        _scales.TryGetValue(tensor, out double scale)
            ? scale
            : throw new ArgumentException("The tensor is not of this graph.", nameof(tensor));

    private static ConstantTensor Weights(int rows, int columns, ReadOnlySpan<sbyte> weights)
    {
        RequireLength(weights.Length, rows * columns, nameof(weights));
        return weights.Contains(sbyte.MinValue)
            ? throw new ArgumentException("Symmetric weights lie in -127..127.", nameof(weights))
            : ConstantTensor.FromInt8(rows, columns, weights);
    }

    private static FixedMultiplier[] Multipliers(ReadOnlySpan<double> channelScales, double inputScale, double outputScale)
    {
        var multipliers = new FixedMultiplier[channelScales.Length];
        for (int i = 0; i < multipliers.Length; i++)
        {
            multipliers[i] = FixedMultiplier.FromReal(inputScale * channelScales[i] / outputScale);
        }

        return multipliers;
    }

    private static long[] RowSums(ConstantTensor weights)
    {
        var sums = new long[weights.Rows];
        ReadOnlySpan<sbyte> values = weights.Int8Values;
        for (int i = 0; i < values.Length; i++)
        {
            sums[i / weights.Columns] += values[i];
        }

        return sums;
    }

    private static long[] ColumnSums(ConstantTensor weights)
    {
        var sums = new long[weights.Columns];
        ReadOnlySpan<sbyte> values = weights.Int8Values;
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % weights.Columns] += values[i];
        }

        return sums;
    }

    /// <summary>Biases less <c>zero point * sum of the channel's weights</c>, so that kernels need not subtract the zero point.</summary>
    private static ConstantTensor FoldedConstants(ActivationTensor input, long[] weightSums, ReadOnlySpan<int> biases,
        FixedMultiplier[] multipliers)
    {
        RequireLength(multipliers.Length, biases.Length, "weightScales");
        int[] folded = new int[biases.Length];
        for (int channel = 0; channel < folded.Length; channel++)
        {
            long bias = biases[channel] - input.ZeroPoint * weightSums[channel];
            RequireMagnitude(bias, ImageFormat.MaxFoldedBias, "folded bias");
            folded[channel] = (int)bias;
        }

        return ChannelConstants.Create(folded, multipliers);
    }

    private static void RequireLength(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"The length must be {expected}, not {actual}.", name);
        }
    }

    private static void RequireMagnitude(long value, int limit, string what)
    {
        if (Math.Abs(value) > limit)
        {
            throw new ArgumentException($"A {what} of {value} exceeds {limit} in magnitude.");
        }
    }
}
