using System.Globalization;
using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Weights;

/// <summary>
/// Takes a float network apart into what the trainer's encoder is made of: convolutions with ReLU, positions, blocks with attention and a
/// ReLU feed-forward part, each added to the tokens, the mean, a linear head. Norms are part of the layers beside them already.
/// </summary>
public sealed class EncoderReader
{
    private const double NormEpsilon = 1e-5;

    private readonly FloatNetwork _network;
    private readonly ILookup<FloatValue, FloatStep> _readers;
    private readonly Dictionary<string, WeightTensor> _tensors = [];
    private readonly List<EncoderConvolution> _convolutions = [];
    private readonly List<BlockSizes> _blocks = [];

    private EncoderReader(FloatNetwork network)
    {
        _network = network;
        _readers = network.Steps
            .SelectMany(step => step.Inputs.Distinct().Select(input => (Input: input, Step: step)))
            .ToLookup(pair => pair.Input, pair => pair.Step);
    }

    /// <summary>The shape and the weights of a network.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.BadDescription"/>, with the step that the trainer's encoder does not have.
    /// </exception>
    public static EncoderFile Read(FloatNetwork network) => new EncoderReader(network).Read();

    private EncoderFile Read()
    {
        (FloatValue x, double[] ranges) = ReadInput();
        x = ReadConvolutions(x);
        x = ReadPositions(x);
        while (Next(x) is not FloatMean)
        {
            x = ReadBlock(x);
        }

        FloatMean mean = Only<FloatMean>(x, "the mean over the tokens");
        AddNorm("headNorm.norm", x.Columns, new float[x.Columns]);
        FloatLinear head = Only<FloatLinear>(mean.Output, "a linear head");
        AddLinear("head", head);
        if (head.Output != _network.Output && Only<FloatSoftmax>(head.Output, "a softmax").Output != _network.Output)
        {
            throw Differs("something comes behind the head");
        }

        BlockSizes[] sizes = [.. _blocks.Distinct()];
        if (sizes.Length != 1)
        {
            throw Differs(sizes.Length == 0 ? "it has no encoder block" : "its blocks are not of one size");
        }

        var shape = new EncoderShape
        {
            Convolutions = _convolutions,
            Blocks = _blocks.Count,
            Heads = sizes[0].Heads,
            HeadColumns = sizes[0].HeadColumns,
            FeedForward = sizes[0].FeedForward,
        };
        return new EncoderFile(shape, ranges, _tensors);
    }

    private (FloatValue Value, double[] Ranges) ReadInput()
    {
        FloatValue x = _network.Input;
        if (Next(x) is not FloatScale scale)
        {
            return (x, [.. Enumerable.Repeat(1.0, x.Columns)]);
        }

        return scale.Offsets.All(offset => offset == 0) && scale.Gains.All(gain => gain > 0)
            ? (scale.Output, [.. scale.Gains.Select(gain => (double)(1 / gain))])
            : throw Differs("its input is shifted, not only scaled");
    }

    private FloatValue ReadConvolutions(FloatValue x)
    {
        while (Next(x) is FloatConvolution { IsDepthwise: false } conv)
        {
            int index = _convolutions.Count;
            var layer = new EncoderConvolution(conv.Output.Columns, conv.Kernel, conv.Stride);
            if (conv.PadLeft != layer.Padding || conv.Output.Rows != layer.OutputRows(x.Rows))
            {
                throw Differs($"its convolution {index} is not padded by half its kernel");
            }

            float[] weights = new Reordering([layer.Channels, layer.Kernel, x.Columns], [0, 2, 1]).Apply(conv.Weights.Values);
            _tensors[Key($"convolutions.{index}.weight")] = new WeightTensor([layer.Channels, x.Columns, layer.Kernel], weights);
            AddNorm(Key($"convolutionNorms.{index}"), layer.Channels, conv.Biases.Values);
            _convolutions.Add(layer);
            x = ReadRelu(conv.Output);
        }

        return _convolutions.Count > 0 ? x : throw Differs("it does not begin with a convolution; give it one, of kernel 1 if need be");
    }

    private FloatValue ReadPositions(FloatValue x)
    {
        var positions = Next(x) as FloatAddConstant;
        _tensors["positions"] = new WeightTensor([x.Rows, x.Columns], positions?.Constant.Values ?? new float[x.Count]);
        return positions?.Output ?? x;
    }

    private FloatValue ReadBlock(FloatValue x)
    {
        string block = Key($"blocks.{_blocks.Count}");
        FloatAttention attention = Inside<FloatAttention>(x, "attention without a norm that does not fold");
        if (!attention.IsFull)
        {
            throw Differs("its attention does not see all tokens");
        }

        AddNorm(block + ".attentionNorm.norm", x.Columns, new float[x.Columns]);
        Add(block + ".queriesKeysValues", attention.Weights, attention.Biases);
        FloatLinear projection = Only<FloatLinear>(attention.Output, "the projection of attention");
        AddLinear(block + ".projection", projection);
        FloatValue attended = Sum(x, projection.Output);

        FloatLinear expand = Inside<FloatLinear>(attended, "a feed-forward part without a norm that does not fold");
        AddNorm(block + ".feedForwardNorm.norm", x.Columns, new float[x.Columns]);
        AddLinear(block + ".expand", expand);
        FloatLinear contract = Only<FloatLinear>(ReadRelu(expand.Output), "the second layer of a feed-forward part");
        AddLinear(block + ".contract", contract);
        _blocks.Add(new BlockSizes(attention.Heads, attention.HeadColumns, expand.Output.Columns));
        return Sum(attended, contract.Output);
    }

    /// <summary>What reads the tokens beside the sum that they are added in.</summary>
    private T Inside<T>(FloatValue x, string what)
        where T : FloatStep
    {
        FloatStep[] readers = [.. _readers[x].Where(step => step is not FloatAdd)];
        return readers is [T step] ? step : throw Differs($"{what} was expected{Instead(readers)}");
    }

    private FloatValue Sum(FloatValue x, FloatValue y) =>
        _readers[y].ToArray() is [FloatAdd add] && add.Inputs.Contains(x)
            ? add.Output
            : throw Differs("a block does not add its result to the tokens");

    private FloatValue ReadRelu(FloatValue x) => Only<FloatClip>(x, "ReLU") is { Low: 0, High: float.PositiveInfinity } relu
        ? relu.Output
        : throw Differs("ReLU was expected, and a clip found");

    private T Only<T>(FloatValue x, string what)
        where T : FloatStep => _readers[x].ToArray() is [T step] ? step : throw Differs($"{what} was expected{Instead([.. _readers[x]])}");

    private FloatStep? Next(FloatValue x) => _readers[x].ToArray() is [var step] ? step : null;

    private static string Instead(FloatStep[] steps) =>
        steps.Length == 0 ? "" : ", and found: " + string.Join(", ", steps.Select(step => step.GetType().Name["Float".Length..]));

    private void AddLinear(string name, FloatLinear layer) => Add(name, layer.Weights, layer.Biases);

    private void Add(string name, FloatConstant weights, FloatConstant biases)
    {
        int outputs = biases.Values.Length;
        _tensors[name + ".weight"] = new WeightTensor([outputs, weights.Values.Length / outputs], weights.Values);
        _tensors[name + ".bias"] = WeightTensor.Vector(biases.Values);
    }

    /// <summary>A BatchNorm that only adds a bias.</summary>
    private void AddNorm(string name, int columns, float[] biases)
    {
        _tensors[name + ".weight"] = Filled(columns, 1);
        _tensors[name + ".bias"] = WeightTensor.Vector(biases);
        _tensors[name + ".running_mean"] = Filled(columns, 0);
        _tensors[name + ".running_var"] = Filled(columns, (float)(1 - NormEpsilon));
    }

    private static WeightTensor Filled(int count, float value)
    {
        var values = new float[count];
        Array.Fill(values, value);
        return WeightTensor.Vector(values);
    }

    private static string Key(FormattableString key) => key.ToString(CultureInfo.InvariantCulture);

    private static InterchangeException Differs(string how) =>
        new(InterchangeError.BadDescription, $"The trainer has no such network: {how}.");

    private readonly record struct BlockSizes(int Heads, int HeadColumns, int FeedForward);
}
