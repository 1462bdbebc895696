using NanoFormer.Data;
using static TorchSharp.torch;

namespace NanoFormer.Training.Quantizing;

/// <summary>Forward passes that compute as the device does.</summary>
/// <param name="config">The model.</param>
/// <param name="windows">Windows of the kind that come.</param>
internal sealed class DeviceForward(TrainingConfig config, WindowSet windows)
{
    /// <summary>The quantization of every activation.</summary>
    public ActivationQuantizer Quantizer { get; } = new(RangeEstimators.Of(config.Quantization), config.Quantization.RangeMomentum);

    /// <summary>The network's output for scaled windows <c>[B, T, C]</c>, compared with <paramref name="clean"/> ones if given.</summary>
    /// <exception cref="ConfigException"><see cref="ConfigError.Diverged"/>: a scale is beyond what the device's arithmetic holds.</exception>
    public EncoderResult<Tensor> Run(Encoder network, Tensor inputs, bool everyToken, Tensor? clean = null)
    {
        try
        {
            var result = network.Run(Operators(inputs, clean), everyToken);
            return new EncoderResult<Tensor>(result.Logits?.Values, result.Score?.Values);
        }
        catch (ArgumentOutOfRangeException fault) when (fault.ParamName == "factor") // of FixedMultiplier.FromReal
        {
            throw Divergence.Of("the scales of the integer network", fault);
        }
    }

    /// <summary>The int8 outputs for scaled windows, <c>[B][outputs]</c>.</summary>
    public sbyte[][] Answer(Encoder network, Tensor inputs)
    {
        using var inference = no_grad();
        var operators = Operators(inputs);
        var outputs = network.Run(operators).Outputs(operators);
        return [.. outputs.Steps.Chunk(outputs.Shape.Count)];
    }

    private DeviceOperators Operators(Tensor inputs, Tensor? clean = null)
    {
        var graph = new GraphOperators(GraphExport.NewBuilder(config, windows), windows.Channels, config.Input, name => Quantizer[name]);
        return new DeviceOperators(inputs, graph, Quantizer, windows.Channels, config.Input, clean);
    }
}
