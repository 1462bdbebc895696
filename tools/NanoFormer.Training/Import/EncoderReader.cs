using System.Globalization;
using static NanoFormer.Training.Import.NetworkSteps;

namespace NanoFormer.Training.Import;

/// <summary>
/// Takes a float network apart into what <see cref="Encoder"/> is made of: streams of convolutions, positions, pre-norm blocks of
/// attention and feed-forward part, pooling, a linear head. BatchNorms are part of the layers beside them already; those of the trainer
/// change nothing until they learn.
/// </summary>
public sealed class EncoderReader
{
    private const double NormEpsilon = 1e-5;

    private readonly FloatNetwork _network;
    private readonly NetworkSteps _steps;
    private readonly InputReader _input;
    private readonly AttentionOptions _attention;
    private readonly Dictionary<string, WeightTensor> _weights = [];
    private ActivationKind? _activation;
    private NormKind? _norm;

    private EncoderReader(FloatNetwork network, IReadOnlyList<double>? ranges)
    {
        Rules.RequireFit(ranges is null || ranges.Count == network.Input.Columns,
            "input.ranges", Key($"must have one value for each of the network's {network.Input.Columns} channels"));
        _network = network;
        _steps = new NetworkSteps(network);
        _input = new InputReader(_steps, network.Input.Columns, ranges);
        _attention = ReadAttention(network);
    }

    /// <summary>The architecture and the weights of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ranges">
    /// What becomes 1 on each channel, for a network that does not clip its input; null for the network's own scale. The trainer clips at
    /// 1, so they should hold what occurs.
    /// </param>
    /// <exception cref="ConfigException">
    /// <see cref="ConfigError.Mismatch"/>, with the step that no network of the trainer has.
    /// </exception>
    public static ImportedEncoder Read(FloatNetwork network, IReadOnlyList<double>? ranges = null) =>
        new EncoderReader(network, ranges).Read();

    private ImportedEncoder Read()
    {
        var (x, streams) = ReadStreams();
        var positions = _steps.Next(x) as FloatAddConstant;
        if (positions is not null)
        {
            _weights["positions"] = new WeightTensor([x.Rows, x.Columns], positions.Constant.Values);
            x = positions.Output;
        }

        List<BlockOptions> blocks = [];
        while (_steps[x].Any(step => step is FloatAdd))
        {
            x = ReadBlock(x, blocks);
        }

        var pooling = ReadOutput(x);
        var architecture = new ArchitectureOptions
        {
            Streams = streams,
            Positions = positions is not null,
            Attention = _attention,
            Blocks = blocks,
            Norm = _norm!.Value,
            Activation = _activation!.Value,
            Pooling = pooling,
        };
        return new ImportedEncoder(_network.Input.Rows, architecture, _input.Ranges, _input.Offsets, _weights);
    }

    private static AttentionOptions ReadAttention(FloatNetwork network)
    {
        AttentionOptions[] found = [.. network.Steps.OfType<FloatAttention>().Select(Describe).Distinct()];
        return found is [var attention]
            ? attention
            : throw Differs(found.Length == 0 ? "it has no attention" : "its attentions do not all see the same tokens");

        static AttentionOptions Describe(FloatAttention step) => step switch
        {
            { IsFull: true } => new AttentionOptions(),
            { After: 0 } => new AttentionOptions { Causal = true, Window = step.Before >= step.Input.Rows - 1 ? 0 : step.Before + 1 },
            _ => throw Differs("its attention sees some tokens ahead, not all or none"),
        };
    }

    /// <summary>The tokens of all streams, one behind the other.</summary>
    private (FloatValue Tokens, List<StreamOptions> Streams) ReadStreams()
    {
        var window = _network.Input;
        List<StreamOptions> streams = [];
        FloatSelect[] parts = [.. _steps[window].OfType<FloatSelect>()];
        if (parts.Length == 0)
        {
            return (ReadStream(window, new FloatSelect(window, window, 0, 1), streams), streams);
        }

        var tokens = ReadStream(parts[0].Output, parts[0], streams);
        foreach (var part in parts[1..])
        {
            var own = ReadStream(part.Output, part, streams);
            tokens = _steps.Next(own) is FloatConcat { Axis: ConcatAxis.Rows } join && join.Input == tokens && join.Second == own
                ? join.Output
                : throw Expected("the tokens of one stream behind those of the others", _steps[own]);
        }

        return (tokens, streams);
    }

    private FloatValue ReadStream(FloatValue x, FloatSelect part, List<StreamOptions> streams)
    {
        string name = Key($"streams.{streams.Count}.layers");
        var (rows, gains, factors) = _input.Read(x, part.FirstColumn);
        List<ConvolutionOptions> convolutions = [];
        int layers = 0;
        while (_steps.Next(rows) is FloatConvolution or FloatLinear)
        {
            var step = _steps.Next(rows)!;
            var options = Describe(step);
            RequirePadding(step, options);
            rows = ReadLayer(step, Key($"{name}.{layers++}"), factors);
            factors = null;
            if (options.Separable)
            {
                var pointwise = _steps.Next(rows) is FloatLinear or FloatConvolution { Kernel: 1, Stride: 1, IsDepthwise: false }
                    ? _steps.Next(rows)!
                    : throw Expected("a convolution of kernel 1 behind a depthwise one", _steps[rows]);
                rows = ReadLayer(pointwise, Key($"{name}.{layers++}"), factors);
                options = options with { Channels = rows.Columns };
            }

            convolutions.Add(options);
        }

        bool isRest = part.FirstColumn + x.Columns == _network.Input.Columns;
        streams.Add(new StreamOptions
        {
            FirstChannel = part.FirstColumn,
            Channels = isRest ? null : x.Columns,
            Gains = gains,
            Step = part.RowStep,
            Convolutions = convolutions,
        });
        return convolutions.Count > 0 ? rows : throw Expected("a convolution of the window, of kernel 1 if need be,", _steps[rows]);
    }

    private static ConvolutionOptions Describe(FloatStep step) => step is FloatConvolution conv
        ? new ConvolutionOptions
        {
            Channels = conv.Output.Columns,
            Kernel = conv.Kernel,
            Stride = conv.Stride,
            Separable = conv.IsDepthwise,
        }
        : new ConvolutionOptions { Channels = step.Output.Columns, Kernel = 1, Stride = 1 };

    private void RequirePadding(FloatStep step, ConvolutionOptions options)
    {
        bool causal = _attention.Causal;
        if (step is FloatConvolution conv
            && (conv.PadLeft != options.PadLeft(causal) || conv.Output.Rows != options.OutputRows(conv.Input.Rows, causal)))
        {
            throw Differs(Key($"a convolution of kernel {conv.Kernel} and stride {conv.Stride} is not padded by ") + (causal
                ? "kernel less stride before the first sample, as goes with causal attention"
                : "half its kernel on both sides"));
        }
    }

    /// <summary>A convolution with bias and non-linearity, behind which the trainer's has a BatchNorm.</summary>
    private FloatValue ReadLayer(FloatStep step, string name, double[]? factors)
    {
        var (inputs, outputs) = (step.Input.Columns, step.Output.Columns);
        var (weights, biases, kernel, isDepthwise) = step switch
        {
            FloatConvolution conv => (conv.Weights.Values, conv.Biases.Values, conv.Kernel, conv.IsDepthwise),
            FloatLinear linear => (linear.Weights.Values, linear.Biases.Values, 1, false),
            _ => throw Expected("a convolution or a linear layer", [step]),
        };
        float[] scaled = factors is null ? weights : [.. weights.Select((w, i) => (float)(w * factors[i % inputs]))];
        if (isDepthwise)
        {
            Add(name, [outputs, 1, kernel], new Reordering([kernel, outputs], [1, 0]).Apply(scaled), biases);
        }
        else
        {
            Add(name, [outputs, inputs, kernel], new Reordering([outputs, kernel, inputs], [0, 2, 1]).Apply(scaled), biases);
        }

        AddBatchNorm(name + ".normAfter", outputs);
        return ReadActivation(step.Output);
    }

    private FloatValue ReadBlock(FloatValue x, List<BlockOptions> blocks)
    {
        string name = Key($"blocks.{blocks.Count}");
        var attention = Branch<FloatAttention>(x, name + ".attentionNorm", "attention");
        AddLinear(name + ".attention.projections", attention.Weights, attention.Biases, isNormed: true);
        var projection = _steps.Only<FloatLinear>(attention.Output, "the projection of attention");
        AddLinear(name + ".projection", projection.Weights, projection.Biases);
        var attended = Sum(x, projection.Output);

        var expand = Branch<FloatLinear>(attended, name + ".feedForwardNorm", "the first layer of a feed-forward part");
        AddLinear(name + ".expand", expand.Weights, expand.Biases, isNormed: true);
        var contract = _steps.Only<FloatLinear>(ReadActivation(expand.Output), "the second layer of a feed-forward part");
        AddLinear(name + ".contract", contract.Weights, contract.Biases);
        blocks.Add(new BlockOptions { Heads = attention.Heads, HeadColumns = attention.HeadColumns, FeedForward = expand.Output.Columns });
        return Sum(attended, contract.Output);
    }

    /// <summary>What reads the tokens beside the sum that they are part of, maybe behind a LayerNorm.</summary>
    private T Branch<T>(FloatValue x, string normName, string what)
        where T : FloatStep
    {
        FloatStep[] inside = [.. _steps[x].Where(step => step is not FloatAdd)];
        if (inside.Length == _steps[x].Length)
        {
            throw Differs("a block adds to what a norm made of the tokens; norm before attention and feed-forward part, norm_first=True");
        }

        var norm = inside is [FloatLayerNorm only] ? only : null;
        TakeNorm(normName, norm);
        inside = norm is null ? inside : _steps[norm.Output];
        return inside is [T step] ? step : throw Expected(what, inside);
    }

    private FloatValue Sum(FloatValue x, FloatValue branch) =>
        _steps.Next(branch) is FloatAdd add && add.Inputs.Contains(x)
            ? add.Output
            : throw Differs("a block does not add its result to the tokens");

    /// <summary>The non-linearity behind a layer.</summary>
    private FloatValue ReadActivation(FloatValue x)
    {
        var step = _steps.Next(x);
        var kind = step switch
        {
            FloatClip { Low: 0, High: float.PositiveInfinity } => ActivationKind.Relu,
            FloatClip { Low: 0, High: 6 } => ActivationKind.Relu6,
            FloatFunction { Function: FloatFunctionKind.Gelu } => ActivationKind.Gelu,
            FloatFunction { Function: FloatFunctionKind.Silu } => ActivationKind.Silu,
            FloatFunction { Function: FloatFunctionKind.Tanh } => ActivationKind.Tanh,
            _ => throw Expected("ReLU, ReLU6, GELU, SiLU or tanh", _steps[x]),
        };
        _activation = Same(_activation, kind, "non-linearities");
        return step.Output;
    }

    /// <summary>Pooling, head and softmax.</summary>
    private PoolingKind ReadOutput(FloatValue x)
    {
        var early = _steps.Next(x) as FloatLayerNorm;
        var (pooled, pooling) = ReadPooling(early?.Output ?? x);
        if (early is not null && pooling != PoolingKind.Last)
        {
            throw Differs("a LayerNorm comes before the pooling; put it after the pooling");
        }

        var norm = early ?? _steps.Next(pooled) as FloatLayerNorm;
        var head = _steps.Only<FloatLinear>(norm is null || norm == early ? pooled : norm.Output, "a linear head");
        TakeNorm("headNorm", norm);
        AddLinear("head", head.Weights, head.Biases, isNormed: true);
        bool isLast = head.Output == _network.Output || _steps.Only<FloatSoftmax>(head.Output, "a softmax").Output == _network.Output;
        return isLast ? pooling : throw Differs("something comes behind the head");
    }

    private (FloatValue Pooled, PoolingKind Kind) ReadPooling(FloatValue x)
    {
        switch (_steps.Next(x))
        {
            case FloatMean mean:
                return (mean.Output, PoolingKind.Mean);
            case FloatLast last:
                return (last.Output, PoolingKind.Last);
            case FloatAttentionPool pool:
                Add("poolScores", [1, x.Columns], pool.Weights.Values, pool.Biases.Values);
                return (pool.Output, PoolingKind.Attention);
            default:
                throw Expected("the mean of the tokens, the last one or attention pooling", _steps[x]);
        }
    }

    /// <summary>A norm of the tokens: a LayerNorm, or one that was folded away.</summary>
    private void TakeNorm(string name, FloatLayerNorm? norm)
    {
        _norm = Same(_norm, norm is null ? NormKind.Batch : NormKind.Layer, "norms");
        if (norm is null)
        {
            return;
        }

        if (Math.Abs(norm.Epsilon - LayerNormLayer.Epsilon) > 1e-3 * LayerNormLayer.Epsilon)
        {
            throw Differs(FormattableString.Invariant($"a LayerNorm adds {norm.Epsilon} to the variance, not {LayerNormLayer.Epsilon}"));
        }

        _weights[name + ".weight"] = WeightTensor.Vector(norm.Gains);
        _weights[name + ".bias"] = WeightTensor.Vector(norm.Biases);
    }

    /// <summary>A linear layer; behind a norm of the tokens it has the BatchNorm of a network with such norms.</summary>
    private void AddLinear(string name, FloatConstant weights, FloatConstant biases, bool isNormed = false)
    {
        var (outputs, inputs) = (biases.Values.Length, weights.Values.Length / biases.Values.Length);
        Add(name, [outputs, inputs], weights.Values, biases.Values);
        if (isNormed && _norm == NormKind.Batch)
        {
            AddBatchNorm(name + ".normBefore", inputs);
        }
    }

    private void Add(string name, int[] shape, float[] weights, float[] biases)
    {
        _weights[name + ".weight"] = new WeightTensor(shape, weights);
        _weights[name + ".bias"] = WeightTensor.Vector(biases);
    }

    /// <summary>A BatchNorm that changes nothing.</summary>
    private void AddBatchNorm(string name, int columns)
    {
        _weights[name + ".weight"] = Filled(columns, 1);
        _weights[name + ".bias"] = Filled(columns, 0);
        _weights[name + ".running_mean"] = Filled(columns, 0);
        _weights[name + ".running_var"] = Filled(columns, 1 - NormEpsilon);
    }

    private static WeightTensor Filled(int count, double value) => WeightTensor.Vector([.. Enumerable.Repeat((float)value, count)]);

    /// <summary>What must be alike throughout a network.</summary>
    private static T Same<T>(T? known, T found, string what)
        where T : struct => known is null || known.Value.Equals(found) ? found : throw Differs($"its {what} differ: {known}, {found}");

    private static string Key(FormattableString key) => key.ToString(CultureInfo.InvariantCulture);
}
