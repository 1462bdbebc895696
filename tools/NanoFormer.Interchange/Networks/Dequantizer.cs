using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// The float network that an integer model stands for: its weights times their scales, nothing rounded in between. Values and constants
/// keep the quantization they had, so that the same network can be written with it.
/// </summary>
/// <remarks>Windows are in the units of the channels, not in raw steps.</remarks>
public sealed partial class Dequantizer : IOperatorVisitor<FloatValue>
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
            _values[step.Output] = step.Accept(this);
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

    private FloatValue Write(Operator step, Func<FloatValue, FloatStep> make)
    {
        var output = new FloatValue(step.Output.Rows, step.Output.Columns, QuantizationOf(step.Output));
        _steps.Add(make(output));
        return output;
    }

    private static Quantization? QuantizationOf(Tensor tensor) =>
        tensor.ElementType == ElementType.Int8 ? new Quantization(tensor.Scale.ToReal(), tensor.ZeroPoint) : null;

    private static InterchangeException NotExpressible(Operator step, string remedy) => new(
        InterchangeError.OperatorNotExpressible, $"{step.Kind} has no counterpart in a float network; {remedy}.");
}
