using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>
/// Reads an encoder from an ONNX file, such as <c>torch.onnx.export</c> writes, for one window of a fixed number of samples. Nodes that
/// only
/// move elements are followed element by element; what is computed is recognized by what it does, not by the names or order of nodes.
/// </summary>
public sealed partial class OnnxImporter
{
    private readonly OnnxModel _model;
    private readonly Dictionary<string, OnnxArray> _arrays = [];
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly Dictionary<FloatValue, FloatStep> _makers = [];
    private readonly Dictionary<(FloatValue Input, Func<double, double> Function), FloatValue> _results = [];
    private readonly List<FloatStep> _steps = [];
    private OnnxNode _node = new("", "", [], [""], []);

    private OnnxImporter(OnnxModel model)
    {
        _model = model;
    }

    /// <summary>The network of a file: one input, one output of one row.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">Names the network.</param>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.NodeNotSupported"/> with the node's name and what to use instead;
    /// <see cref="InterchangeError.BadFile"/>;
    /// <see cref="InterchangeError.BadTensor"/>.
    /// </exception>
    public static FloatNetwork Import(byte[] file, string name) => new OnnxImporter(OnnxReader.Read(file)).Import(name);

    private FloatNetwork Import(string name)
    {
        foreach (OnnxTensor tensor in _model.Initializers)
        {
            _arrays[tensor.Name] = Constant(tensor);
        }

        OnnxValueInfo[] inputs = [.. _model.Inputs.Where(info => !_arrays.ContainsKey(info.Name))];
        if (inputs.Length != 1 || _model.Outputs.Count != 1)
        {
            throw new InterchangeException(InterchangeError.BadFile,
                $"The model has {inputs.Length} inputs and {_model.Outputs.Count} outputs; export one of each.");
        }

        FloatValue input = AddInput(inputs[0]);
        foreach (OnnxNode node in _model.Nodes)
        {
            Run(node);
        }

        FloatValue output = OutputValue();
        FloatNetwork network = new()
        {
            Name = name,
            Input = input,
            Output = output,
            Steps = _steps,
            Source = "Imported from an ONNX file.",
        };
        return network.WithoutUnused();
    }

    private FloatValue OutputValue()
    {
        string name = _model.Outputs[0].Name;
        OnnxArray array = _arrays.TryGetValue(name, out OnnxArray? found)
            ? found
            : throw new InterchangeException(InterchangeError.BadFile, $"No node makes the output '{name}'.");
        _node = _producers.GetValueOrDefault(name, _node);
        FloatValue output = Matrix(ref array);
        return array.Layout.Positions.SequenceEqual(Enumerable.Range(0, output.Count))
            ? output
            : throw NotSupported("the output is not a whole matrix in its own order; end with a linear layer or a softmax");
    }

    /// <summary>
    /// The input <c>[batch, samples, channels]</c>, <c>[samples, batch, channels]</c> or, where a convolution reads it,
    /// <c>[batch, channels, samples]</c>; the batch is the one that is not fixed, or 1.
    /// </summary>
    private FloatValue AddInput(OnnxValueInfo info)
    {
        long?[] sizes = [.. info.Dimensions];
        int batch = sizes.Length == 3 ? sizes[0] is null or 1 ? 0 : sizes[1] is null or 1 ? 1 : -1 : -1;
        if (batch < 0 || sizes.Index().Any(size => size.Index != batch && size.Item is null or < 1))
        {
            throw new InterchangeException(InterchangeError.BadTensor,
                $"Input '{info.Name}' must be [batch, samples, channels] with a fixed number of samples and channels; "
                + "make only the batch dynamic when exporting.");
        }

        int[] shape = [.. sizes.Select((size, i) => i == batch ? 1 : checked((int)size!.Value))];
        bool isChannelsFirst = batch == 0 && _model.Nodes.Any(node => node.Operator == "Conv" && node.Inputs[0] == info.Name);
        (int rows, int columns) = isChannelsFirst ? (shape[2], shape[1]) : (shape[1 - batch], shape[2]);
        var value = new FloatValue(rows, columns);
        ArrayLayout layout = isChannelsFirst ? ArrayLayout.Plain(1, rows, columns).Transpose([0, 2, 1]) : ArrayLayout.Plain(shape);
        _arrays[info.Name] = OnnxArray.Of(value, layout);
        return value;
    }

    private void Run(OnnxNode node)
    {
        _node = node;
        OnnxArray[] outputs;
        try
        {
            outputs = Evaluate(node);
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException or InvalidCastException or OverflowException)
        {
            throw new InterchangeException(InterchangeError.NodeNotSupported,
                $"{node.Title}: its inputs do not fit it ({fault.Message}).", fault);
        }

        foreach ((string name, OnnxArray array) in node.Outputs.Zip(outputs))
        {
            _arrays[name] = array;
            _producers[name] = node;
        }
    }

    private OnnxArray[] Evaluate(OnnxNode node)
    {
        if (node.Operator is "Constant" or "Shape" or "ConstantOfShape")
        {
            return [Source(node)];
        }

        OnnxArray[] inputs = [.. node.Inputs.Where(name => name.Length > 0).Select(Find)];
        if (inputs.FirstOrDefault(array => array.Origin is PendingOrigin)?.Origin is PendingOrigin pending)
        {
            return [Normalization(node) ?? new OnnxArray(pending, inputs[0].Layout)];
        }

        if (Move(node, inputs) is { } moved)
        {
            return moved;
        }

        return [inputs.All(array => array.IsConstant) ? Fold(node, inputs) : Compute(node, inputs)];
    }

    private OnnxArray Find(string name) => _arrays.TryGetValue(name, out OnnxArray? array)
        ? array
        : throw new InterchangeException(InterchangeError.BadFile, $"{_node.Title} reads '{name}', which nothing has made.");

    /// <summary>
    /// The matrix that an array's elements are of, after what was done to each of them. The array then is one of that matrix.
    /// </summary>
    private FloatValue Matrix(ref OnnxArray array)
    {
        array = Selected(array);
        if (array.Origin is not ValueOrigin { Value: var value })
        {
            throw NotSupported(array.Origin is PendingOrigin pending
                ? $"what {pending.First.Title} begins is no layer normalization; use LayerNorm over the last dimension"
                : "attention weights can only be multiplied with values");
        }

        if (array.Function is not { } function || FunctionMatch.Line(function) == (1, 0))
        {
            array = array with { Function = null };
            return value;
        }

        if (!_results.TryGetValue((value, function), out FloatValue? result))
        {
            FloatStep step = FunctionMatch.Step(function, value)
                ?? throw NotSupported(
                    "what was done to each value is not ReLU, a clip, GELU (not its tanh approximation), SiLU or tanh; use one of these");
            result = step is FloatScale scale ? Scaled(scale) : Write(step);
            _results[(value, function)] = result;
        }

        array = array with { Origin = new ValueOrigin(result), Function = null };
        return result;
    }

    /// <summary>An array after a gain and an offset, where there are some, so that what follows is a function by itself.</summary>
    private OnnxArray Settled(OnnxArray array)
    {
        if (array is { Origin: ValueOrigin, Function: { } function } && FunctionMatch.Line(function) is not null)
        {
            Matrix(ref array);
        }

        return array;
    }

    private FloatValue Write(FloatStep step)
    {
        _steps.Add(step);
        _makers[step.Output] = step;
        return step.Output;
    }

    private FloatStep? MakerOf(FloatValue value) => _makers.GetValueOrDefault(value);

    private InterchangeException NotSupported(string why) =>
        new(InterchangeError.NodeNotSupported, $"{_node.Title} is not supported: {why}.");
}
