using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// Writes an int8 model as a TensorFlow Lite flatbuffer of builtin operators, whose results in TensorFlow Lite Micro are those of the
/// engine to the last bit. A matrix <c>[rows][columns]</c> is an image <c>[1, 1, rows, columns]</c>; a linear layer is a convolution of
/// width 1, which has one scale per channel in every version of every kernel library.
/// </summary>
/// <remarks>
/// The file takes what a model's quantize operators make of raw samples; how, its metadata <c>nanoformer</c> says. See README.md.
/// </remarks>
public sealed partial class TfliteExporter : IOperatorVisitor<int>
{
    private readonly Graph _graph;
    private readonly TfliteNetwork _network = new();
    private readonly Dictionary<Tensor, int> _indices = [];

    private TfliteExporter(Graph graph)
    {
        _graph = graph;
    }

    /// <summary>The bytes of the flatbuffer.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.OperatorNotExpressible"/> or <see cref="InterchangeError.ScaleNotExpressible"/>.
    /// </exception>
    public static byte[] Export(Graph graph) => TfliteWriter.Write(Convert(graph));

    /// <summary>The model that is written.</summary>
    internal static TfliteModel Convert(Graph graph) => new TfliteExporter(graph).Convert();

    private TfliteModel Convert()
    {
        if (_graph.Window.ElementType == ElementType.Int8)
        {
            _indices[_graph.Window] = AddInput("window", _graph.Window);
        }

        foreach (var step in _graph.Operators)
        {
            _indices[step.Output] = step.Accept(this);
        }

        int output = _network.Reshape(_indices[_graph.Output], [1, _graph.Output.Columns]);
        return _network.Build(_graph.ModelId, output, new Dictionary<string, string> { ["nanoformer"] = InputDescription.Json(_graph) });
    }

    private int AddInput(string name, Tensor tensor) =>
        _network.Input(name, ShapeOf(tensor), QuantizationOf(tensor, "the input"));

    private static int[] ShapeOf(Tensor tensor) => [1, 1, tensor.Rows, tensor.Columns];

    private static TfliteQuantization QuantizationOf(Tensor tensor, string what) =>
        ScaleSearch.Exact(tensor.Scale) is { } scale
            ? new TfliteQuantization(scale, tensor.ZeroPoint)
            : throw new InterchangeException(InterchangeError.ScaleNotExpressible,
                $"{what}: the scale {tensor.Scale.ToReal():R} is not a float; the trainer makes models whose scales are.");

    private TfliteQuantization OutputOf(Operator step) => QuantizationOf(step.Output, NameOf(step));

    private string NameOf(Operator step) => FormattableString.Invariant($"operator {Index(step)} ({step.Kind})");

    private int Index(Operator step) => _graph.Operators.TakeWhile(other => !ReferenceEquals(other, step)).Count();

    private InterchangeException NotExpressible(Operator step, string why) =>
        new(InterchangeError.OperatorNotExpressible, $"{NameOf(step)} cannot be written for TensorFlow Lite: {why}.");

    private T Found<T>(T? scales, Operator step)
        where T : struct => scales ?? throw NoScales(step);

    private T Found<T>(T? scales, Operator step)
        where T : class => scales ?? throw NoScales(step);

    private void Require(bool holds, Operator step)
    {
        if (!holds)
        {
            throw NoScales(step);
        }
    }

    private InterchangeException NoScales(Operator step) =>
        new(InterchangeError.ScaleNotExpressible,
            $"{NameOf(step)}: no float scales were found that give its multipliers; train with another seed.");
}
