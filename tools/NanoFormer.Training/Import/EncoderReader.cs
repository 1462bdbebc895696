using System.Globalization;
using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Weights;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;

namespace NanoFormer.Training.Import;

/// <summary>
/// Takes a float network apart into what <see cref="Encoder"/> is made of: streams of convolutions, positions, pre-norm blocks of
/// attention and feed-forward part, pooling, a linear head. BatchNorms are part of the layers beside them already; those of the trainer
/// change nothing until they learn.
/// </summary>
public sealed partial class EncoderReader
{
    private const double NormEpsilon = 1e-5;

    private readonly FloatNetwork _network;
    private readonly ILookup<FloatValue, FloatStep> _readers;
    private readonly AttentionOptions _attention;
    private readonly Dictionary<string, WeightTensor> _weights = [];
    private ActivationKind? _activation;
    private NormKind? _norm;

    private EncoderReader(FloatNetwork network, IReadOnlyList<double>? ranges)
    {
        Rules.RequireFit(ranges is null || ranges.Count == network.Input.Columns,
            "input.ranges", Key($"must have one value for each of the network's {network.Input.Columns} channels"));
        _network = network;
        _wantedRanges = ranges;
        _readers = network.Steps
            .SelectMany(step => step.Inputs.Distinct().Select(input => (Input: input, Step: step)))
            .ToLookup(pair => pair.Input, pair => pair.Step);
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
        var positions = Next(x) as FloatAddConstant;
        if (positions is not null)
        {
            _weights["positions"] = new WeightTensor([x.Rows, x.Columns], positions.Constant.Values);
            x = positions.Output;
        }

        List<BlockOptions> blocks = [];
        while (_readers[x].Any(step => step is FloatAdd))
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
        return new ImportedEncoder(_network.Input.Rows, architecture, Ranges, Offsets, _weights);
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

    /// <summary>Pooling, head and softmax.</summary>
    private PoolingKind ReadOutput(FloatValue x)
    {
        var early = Next(x) as FloatLayerNorm;
        var (pooled, pooling) = ReadPooling(early?.Output ?? x);
        if (early is not null && pooling != PoolingKind.Last)
        {
            throw Differs("a LayerNorm comes before the pooling; put it after the pooling");
        }

        var norm = early ?? Next(pooled) as FloatLayerNorm;
        var head = Only<FloatLinear>(norm is null || norm == early ? pooled : norm.Output, "a linear head");
        TakeNorm("headNorm", norm);
        AddLinear("head", head.Weights, head.Biases, isNormed: true);
        bool isLast = head.Output == _network.Output || Only<FloatSoftmax>(head.Output, "a softmax").Output == _network.Output;
        return isLast ? pooling : throw Differs("something comes behind the head");
    }

    private (FloatValue Pooled, PoolingKind Kind) ReadPooling(FloatValue x)
    {
        switch (Next(x))
        {
            case FloatMean mean:
                return (mean.Output, PoolingKind.Mean);
            case FloatLast last:
                return (last.Output, PoolingKind.Last);
            case FloatAttentionPool pool:
                Add("poolScores", [1, x.Columns], pool.Weights.Values, pool.Biases.Values);
                return (pool.Output, PoolingKind.Attention);
            default:
                throw Expected("the mean of the tokens, the last one or attention pooling", [.. _readers[x]]);
        }
    }

    /// <summary>The one step that reads a value.</summary>
    private T Only<T>(FloatValue x, string what)
        where T : FloatStep => Next(x) as T ?? throw Expected(what, [.. _readers[x]]);

    private FloatStep? Next(FloatValue x) => _readers[x].ToArray() is [var step] ? step : null;

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

    private static ConfigException Expected(string what, FloatStep[] found) => Differs($"{what} was expected" + (found.Length == 0
        ? ""
        : ", and found: " + string.Join(", ", found.Select(step => step.GetType().Name["Float".Length..]))));

    private static ConfigException Differs(string how) => new(ConfigError.Mismatch, $"The trainer has no such network: {how}.");
}
