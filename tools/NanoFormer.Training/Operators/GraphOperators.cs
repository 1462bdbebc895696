using NanoFormer.Data;

namespace NanoFormer.Training.Operators;

/// <summary>The network as the integer graph that the engines run.</summary>
/// <param name="builder">Takes the operators.</param>
/// <param name="channels">The channels of a window.</param>
/// <param name="scaling">How raw samples become the input.</param>
/// <param name="scales">The quantization of every activation, by name.</param>
internal sealed partial class GraphOperators(
    GraphBuilder builder, IReadOnlyList<ChannelInfo> channels, InputOptions scaling, Func<string, Quantization> scales)
    : IOperators<ActivationTensor>
{
    /// <summary>The operator of the last call.</summary>
    public Operator Latest => builder.Latest!;
}
