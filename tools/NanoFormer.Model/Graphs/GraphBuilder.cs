namespace NanoFormer.Model;

/// <summary>
/// Builds a graph from real-valued scales: derives the fixed-point multipliers, folds zero points into biases, makes the
/// tables, and turns activations into clamps. Weights come quantized (-127..127), biases as int32 of scale
/// <c>input scale * weight scale</c>, not folded. Operators run in the order of the calls; each is in the file of its operator.
/// </summary>
/// <remarks>Methods throw <see cref="ArgumentException"/> when lengths or ranges do not fit.</remarks>
public sealed partial class GraphBuilder
{
    private readonly string _modelId;
    private readonly InputSpecification _input;
    private readonly WindowTensor _window;
    private readonly List<Operator> _operators = [];
    private readonly Dictionary<Tensor, double> _scales = [];

    /// <summary>Begins a graph that reads windows of raw int16 samples, or of int8 samples that are quantized already.</summary>
    public GraphBuilder(string modelId, InputSpecification input, Quantization? int8Window = null)
    {
        _modelId = modelId;
        _input = input;
        int rows = input.WindowSamples;
        int columns = input.Channels.Count;
        if (int8Window is not { } quantization)
        {
            _window = new WindowTensor(rows, columns);
            return;
        }

        quantization.Validated(nameof(int8Window));
        var scale = FixedMultiplier.FromReal(quantization.Scale);
        _window = new WindowTensor(rows, columns, ElementType.Int8, quantization.ZeroPoint, scale);
        _scales.Add(_window, quantization.Scale);
    }

    /// <summary>What the caller brings. An int8 window is an input like any other; an int16 one is read by quantize alone.</summary>
    public WindowTensor Window => _window;

    /// <summary>The operator that was added last; null before the first.</summary>
    public Operator? Latest => _operators.LastOrDefault();

    /// <summary>Names of the output's columns.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>Suggested confidence, in thousandths, below which an answer is "unknown".</summary>
    public int GateThresholdPermille { get; set; }

    /// <summary>How many of the outputs are classes, from the first on; as many as labels unless set.</summary>
    public int? ClassCount { get; set; }

    /// <summary>A score at or above this int8 value is an alarm; null when there is no alarm.</summary>
    public int? AlarmThreshold { get; set; }

    /// <summary>Bit i: class i is a posture, which lasts until a movement.</summary>
    public uint Postures { get; set; }

    /// <summary>How many of the last answers vote on the device, 0..9; 0 leaves it to the firmware.</summary>
    public int Voters { get; set; }

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
            ClassCount = ClassCount ?? Labels.Count,
            AlarmThreshold = AlarmThreshold,
            Postures = Postures,
            Voters = Voters,
            Window = _window,
            Output = output,
            Tensors = Graph.CollectTensors(new GraphProgram(_window, output, _operators)),
            Operators = [.. _operators],
        };
    }

    private ActivationTensor Append(Operator step)
    {
        _operators.Add(step);
        return step.Output;
    }

    private ActivationTensor NewActivation(int rows, int columns, Quantization output)
    {
        output.Validated(nameof(output));
        var tensor = new ActivationTensor(rows, columns, output.ZeroPoint, FixedMultiplier.FromReal(output.Scale));
        _scales.Add(tensor, output.Scale);
        return tensor;
    }

    private double ScaleOf(Tensor tensor) =>
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
        long[] sums = new long[weights.Rows];
        var values = weights.Int8Values;
        for (int i = 0; i < values.Length; i++)
        {
            sums[i / weights.Columns] += values[i];
        }

        return sums;
    }

    private static long[] ColumnSums(ConstantTensor weights)
    {
        long[] sums = new long[weights.Columns];
        var values = weights.Int8Values;
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % weights.Columns] += values[i];
        }

        return sums;
    }

    /// <summary>Biases less <c>zero point * sum of the channel's weights</c>, so that kernels need not subtract the zero point.</summary>
    private static ConstantTensor FoldedConstants(Tensor input, long[] weightSums, ReadOnlySpan<int> biases,
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
