using NanoFormer.Data;

namespace NanoFormer.Training.Operators;

/// <summary>A folded network in float, as files for other tools are written of it.</summary>
/// <param name="windowSamples">Samples in a window.</param>
/// <param name="channels">The channels of a window.</param>
/// <param name="scaling">How physical values become the input.</param>
internal sealed partial class FloatNetworkOperators(int windowSamples, IReadOnlyList<ChannelInfo> channels, InputOptions scaling)
    : IOperators<FloatValue>
{
    private readonly List<FloatStep> _steps = [];
    private readonly FloatValue _window = new(windowSamples, channels.Count);

    /// <summary>The float twin of a network, or of several whose probabilities are added up.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.OperatorNotExpressible"/>: linear attention.
    /// </exception>
    public static FloatNetwork Convert(TrainingConfig config, WindowSet windows, IReadOnlyList<Encoder> networks)
    {
        var operators = new FloatNetworkOperators(windows.WindowSamples, windows.Channels, config.Input);
        var output = networks.Select(network => network.Run(operators).Outputs(operators))
            .Aggregate((sum, next) => operators.Add(sum, next, ""));
        return new FloatNetwork
        {
            Name = config.Name,
            Input = operators._window,
            Output = output,
            Steps = operators._steps,
            Channels = [.. windows.Channels.Select(c => new InputChannel(c.Name, c.Unit, c.Scale))],
            Labels = GraphExport.LabelsOf(networks[0].Options, windows),
            Source = "The network as it was trained in float.",
        };
    }

    private FloatValue Step(int rows, int columns, Func<FloatValue, FloatStep> make)
    {
        var output = new FloatValue(rows, columns);
        _steps.Add(make(output));
        return output;
    }

    private static FloatConstant Constant(Tensor values) => new([.. IntegerLayer.Reals(values).Select(value => (float)value)]);
}
