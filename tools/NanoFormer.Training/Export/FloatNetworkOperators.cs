using NanoFormer.Data;
using NanoFormer.Interchange;
using NanoFormer.Interchange.Networks;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using Tensor = TorchSharp.torch.Tensor;

namespace NanoFormer.Training.Export;

/// <summary>A folded network in float, as files for other tools are written of it.</summary>
/// <param name="windowSamples">Samples in a window.</param>
/// <param name="channels">The channels of a window.</param>
/// <param name="scaling">How physical values become the input.</param>
internal sealed class FloatNetworkOperators(int windowSamples, IReadOnlyList<ChannelInfo> channels, InputOptions scaling)
    : IOperators<FloatValue>
{
    private const float LargestInput = 127f / 128;

    private readonly List<FloatStep> _steps = [];
    private readonly FloatValue _window = new(windowSamples, channels.Count);

    /// <summary>The float twin of a network.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.OperatorNotExpressible"/>: linear attention.
    /// </exception>
    public static FloatNetwork Convert(TrainingConfig config, WindowSet windows, Encoder network)
    {
        var operators = new FloatNetworkOperators(windows.WindowSamples, windows.Channels, config.Input);
        var output = network.Run(operators).Outputs(operators);
        return new FloatNetwork
        {
            Name = config.Name,
            Input = operators._window,
            Output = output,
            Steps = operators._steps,
            Channels = [.. windows.Channels.Select(c => new InputChannel(c.Name, c.Unit, c.Scale))],
            Labels = GraphExport.LabelsOf(network.Options, windows),
            Source = "The network as it was trained in float.",
        };
    }

    public FloatValue Input(StreamOptions stream)
    {
        int[] taken = Enumerable.Range(stream.FirstChannel, stream.ChannelsOf(channels.Count)).ToArray();
        var chosen = Step(windowSamples / stream.Step, taken.Length,
            output => new FloatSelect(_window, output, stream.FirstChannel, stream.Step));
        return stream.Gains.Select(gain => Scale(chosen, taken, gain)).Aggregate((first, second) =>
            Step(chosen.Rows, first.Columns + second.Columns, output => new FloatConcat(first, second, output, ConcatAxis.Columns)));
    }

    private FloatValue Scale(FloatValue chosen, int[] taken, double gain)
    {
        float[] gains = taken.Select(channel => (float)(gain / scaling.Ranges[channel])).ToArray();
        float[] offsets = taken.Select(channel => (float)(-gain * scaling.Offset(channel) / scaling.Ranges[channel])).ToArray();
        var scaled = Step(chosen.Rows, chosen.Columns, output => new FloatScale(chosen, output, gains, offsets));
        return Step(chosen.Rows, chosen.Columns, output => new FloatClip(scaled, output, -1, LargestInput));
    }

    public FloatValue Affine(FloatValue input, AffineLayer layer, string name)
    {
        int columns = layer.Outputs;
        var result = layer.Over is { } over && over is not { Kernel: 1, Stride: 1, IsDepthwise: false }
            ? Step(over.ShapeFor(input.Rows).OutputRows, columns, output => new FloatConvolution(input, output,
                Constant(over.IsDepthwise ? layer.Weight.squeeze(1).transpose(0, 1) : layer.Weight.transpose(1, 2)),
                Constant(layer.Bias), over.IsDepthwise, over.Kernel, over.Stride, over.PadLeft))
            : Step(input.Rows, columns, output => new FloatLinear(input, output, Constant(layer.Weight), Constant(layer.Bias)));
        return layer.Activation switch
        {
            null => result,
            ActivationKind.Relu => Clip(result, float.PositiveInfinity),
            _ => Clip(result, 6),
        };
    }

    public FloatValue Attention(FloatValue input, AttentionLayer layer, string name)
    {
        if (layer.Options.Kind == AttentionKind.Linear)
        {
            throw new InterchangeException(
                InterchangeError.OperatorNotExpressible, "Linear attention has no counterpart in a float network.");
        }

        var reach = layer.Options.Reach;
        return Step(input.Rows, layer.Heads * layer.HeadColumns, output => new FloatAttention(input, output,
            Constant(layer.Projections.Weight), Constant(layer.Projections.Bias), layer.Heads, reach.Before, reach.After));
    }

    public FloatValue LayerNorm(FloatValue input, LayerNormLayer layer, string name) => Step(input.Rows, input.Columns, output =>
        new FloatLayerNorm(input, output, Constant(layer.Weight).Values, Constant(layer.Bias).Values, (float)LayerNormLayer.Epsilon));

    public FloatValue Function(FloatValue input, ActivationKind function, string name) =>
        Step(input.Rows, input.Columns, output => new FloatFunction(input, output, function switch
        {
            ActivationKind.Gelu => FloatFunctionKind.Gelu,
            ActivationKind.Silu => FloatFunctionKind.Silu,
            _ => FloatFunctionKind.Tanh,
        }));

    public FloatValue Add(FloatValue tokens, FloatValue branch, string name) =>
        Step(tokens.Rows, tokens.Columns, output => new FloatAdd(tokens, branch, output));

    public FloatValue AddPositions(FloatValue tokens, Tensor positions, string name) =>
        Step(tokens.Rows, tokens.Columns, output => new FloatAddConstant(tokens, output, Constant(positions)));

    public FloatValue JoinRows(FloatValue first, FloatValue second, string name) => Step(
        first.Rows + second.Rows, first.Columns, output => new FloatConcat(first, second, output, ConcatAxis.Rows));

    public FloatValue JoinOutputs(FloatValue first, FloatValue second) =>
        Step(1, first.Columns + second.Columns, output => new FloatConcat(first, second, output, ConcatAxis.Columns));

    public FloatValue Mean(FloatValue input, string name) => Step(1, input.Columns, output => new FloatMean(input, output));

    public FloatValue Last(FloatValue input) => Step(1, input.Columns, output => new FloatLast(input, output));

    public FloatValue AttentionPool(FloatValue input, AffineLayer scores, string name) =>
        Step(1, input.Columns, output => new FloatAttentionPool(input, output, Constant(scores.Weight), Constant(scores.Bias)));

    public FloatValue Softmax(FloatValue logits) => Step(1, logits.Columns, output => new FloatSoftmax(logits, output));

    /// <summary>A convolution whose every output copies one sample of one channel.</summary>
    public FloatValue Patches(FloatValue input, int patchSamples, double gain, string name)
    {
        int columns = patchSamples * input.Columns;
        float[] weights = new float[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            weights[i * columns + i] = (float)gain;
        }

        return Step(input.Rows / patchSamples, columns, output => new FloatConvolution(
            input, output, new FloatConstant(weights), new FloatConstant(new float[columns]), false, patchSamples, patchSamples, 0));
    }

    public FloatValue Distance(FloatValue reconstruction, FloatValue actual, ScoreOptions options) =>
        Step(1, 1, output => new FloatDistance(reconstruction, actual, output, options.Norm, options.Lag));

    private FloatValue Clip(FloatValue input, float high) =>
        Step(input.Rows, input.Columns, output => new FloatClip(input, output, 0, high));

    private FloatValue Step(int rows, int columns, Func<FloatValue, FloatStep> make)
    {
        var output = new FloatValue(rows, columns);
        _steps.Add(make(output));
        return output;
    }

    private static FloatConstant Constant(Tensor values) => new([.. IntegerLayer.Reals(values).Select(value => (float)value)]);
}
