using System.Runtime.ExceptionServices;

namespace NanoFormer.Interchange;

/// <summary>
/// Reads an encoder from an ONNX file, such as <c>torch.onnx.export</c> writes, for one window of a fixed number of samples. What is known
/// in advance is computed; nodes that only move elements are followed element by element; what is done to each element is kept as a
/// formula. A node that is none of the network's steps is refused.
/// </summary>
public sealed class OnnxImporter
{
    private const int GreatestElements = 1 << 24;
    private const int GreatestNodes = 20_000;
    private const int GreatestDepth = 16;
    private const int OldestOperatorSet = 7;

    private readonly ModelProto _model;
    private readonly long _operatorSet;
    private readonly Dictionary<string, FunctionProto> _functions = [];
    private readonly Dictionary<string, OnnxArray> _arrays = [];
    private readonly Dictionary<string, OnnxArray[]> _sequences = [];
    private readonly Dictionary<string, NodeProto> _producers = [];
    private readonly NetworkBuilder _network;
    private readonly OnnxLayers _layers;
    private readonly ElementWise _elementWise;
    private readonly FloatValue _input;
    private long _elements;
    private int _nodes;

    private OnnxImporter(ModelProto model, bool isChannelsFirst)
    {
        _model = model;
        _operatorSet = OnnxFile.OperatorSet(model);
        if (_operatorSet < OldestOperatorSet)
        {
            throw new InterchangeException(InterchangeError.BadFile,
                $"The file's operator set is {_operatorSet}; export with opset_version=17.");
        }

        foreach (var function in model.Functions)
        {
            _functions[$"{function.Domain}.{function.Name}"] = function;
        }

        foreach (var tensor in model.Graph.Initializer)
        {
            Set(tensor.Name, Constants.Of(tensor));
        }

        ValueInfoProto[] inputs = [.. model.Graph.Input.Where(info => !_arrays.ContainsKey(info.Name))];
        if (inputs.Length != 1 || model.Graph.Output.Count != 1)
        {
            throw new InterchangeException(InterchangeError.BadFile,
                $"The model has {inputs.Length} inputs and {model.Graph.Output.Count} outputs; export one of each.");
        }

        _input = AddInput(inputs[0], isChannelsFirst);
        _network = new NetworkBuilder(_input);
        _layers = new OnnxLayers(_network);
        _elementWise = new ElementWise(_network, _layers);
    }

    /// <summary>The network of a file with the data that may lie beside it: one input, one output of one row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Names the network.</param>
    /// <exception cref="InterchangeException">As of <see cref="Import(byte[], string, string?)"/>, and
    /// <see cref="InterchangeError.MissingFile"/>.</exception>
    public static FloatNetwork ImportFile(string path, string name)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InterchangeException(InterchangeError.MissingFile, $"There is no '{path}'.");
        }

        return file.Length <= OnnxFile.GreatestFile
            ? Import(File.ReadAllBytes(path), name, file.DirectoryName)
            : throw new InterchangeException(InterchangeError.TooLarge,
                $"'{path}' has {file.Length} bytes, more than {OnnxFile.GreatestFile}. No microcontroller holds such a network.");
    }

    /// <summary>The network of a file: one input, one output of one row.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">Names the network.</param>
    /// <param name="folder">Where data outside the file lies; null where none can be read.</param>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.NodeNotSupported"/> with the node's name and what to use instead;
    /// <see cref="InterchangeError.BadFile"/>; <see cref="InterchangeError.BadTensor"/>; <see cref="InterchangeError.TooLarge"/>.
    /// </exception>
    public static FloatNetwork Import(byte[] file, string name, string? folder = null)
    {
        var model = OnnxFile.Read(file, folder);
        string? input = model.Graph.Input.FirstOrDefault()?.Name;
        bool isChannelsFirst = model.Graph.Node.Any(node =>
            node.OpType is "Conv" or "BatchNormalization" && node.Input.FirstOrDefault() == input);
        try
        {
            return Import(model, name, isChannelsFirst);
        }
        catch (InterchangeException first) when (first.Error == InterchangeError.NodeNotSupported)
        {
            // Which dimension the samples are is not written in a file; nodes that fit the one order do not fit the other.
            try
            {
                return Import(model, name, !isChannelsFirst);
            }
            catch (InterchangeException)
            {
                ExceptionDispatchInfo.Throw(first);
                throw;
            }
        }
    }

    private static FloatNetwork Import(ModelProto model, string name, bool isChannelsFirst)
    {
        try
        {
            return new OnnxImporter(model, isChannelsFirst).Network(name);
        }
        catch (Refusal refusal)
        {
            throw new InterchangeException(InterchangeError.NodeNotSupported, $"The graph is not supported: {refusal.Message}.", refusal);
        }
    }

    private FloatNetwork Network(string name)
    {
        foreach (var node in _model.Graph.Node)
        {
            Run(node, depth: 0);
        }

        return new FloatNetwork
        {
            Name = name,
            Input = _input,
            Output = OutputValue(),
            Steps = _network.Steps,
            Source = "Imported from an ONNX file.",
        }.WithoutUnused();
    }

    private FloatValue OutputValue()
    {
        string name = _model.Graph.Output[0].Name;
        if (!_arrays.TryGetValue(name, out var array))
        {
            throw new InterchangeException(InterchangeError.BadFile, $"No node makes the output '{name}'.");
        }

        return Guarded(_producers.GetValueOrDefault(name) ?? new NodeProto { OpType = "The output", Name = name }, () =>
        {
            var output = _network.Matrix(ref array);
            return array.Layout.Count == output.Count && array.Layout.IsInOrder
                ? output
                : throw new Refusal("the output is not a whole matrix in its own order; end with a linear layer or a softmax");
        });
    }

    /// <summary>
    /// The input <c>[batch, samples, channels]</c>, <c>[samples, batch, channels]</c> or, where a convolution or BatchNorm reads it,
    /// <c>[batch, channels, samples]</c>; the batch is the one that is not fixed, or 1.
    /// </summary>
    private FloatValue AddInput(ValueInfoProto info, bool isChannelsFirst)
    {
        var tensor = info.Type?.TensorType;
        long?[] sizes = [.. (tensor?.Shape?.Dim ?? []).Select(size =>
            size.ValueCase == DimensionProto.ValueOneofCase.DimValue ? size.DimValue : (long?)null)];
        int batch = sizes.Length == 3 ? sizes[0] is null or 1 ? 0 : sizes[1] is null or 1 ? 1 : -1 : -1;
        if (batch < 0 || sizes.Index().Any(size => size.Index != batch && size.Item is null or < 1)
            || tensor!.ElemType is not (DataType.Float or DataType.Float16 or DataType.Double))
        {
            throw new InterchangeException(InterchangeError.BadTensor,
                $"Input '{info.Name}' must be real numbers [batch, samples, channels] with a fixed number of samples and channels; "
                + "make only the batch dynamic when exporting.");
        }

        int[] shape = [.. sizes.Select((size, i) => i == batch ? 1 : ArrayLayout.Limited(size!.Value))];
        _ = ArrayLayout.Product(shape);
        isChannelsFirst &= batch == 0;
        (int rows, int columns) = isChannelsFirst ? (shape[2], shape[1]) : (shape[1 - batch], shape[2]);
        var value = new FloatValue(rows, columns);
        Set(info.Name, OnnxArray.Of(value,
            isChannelsFirst ? ArrayLayout.Plain(1, rows, columns).Transpose(0, 2, 1) : ArrayLayout.Plain(shape)));
        return value;
    }

    private void Set(string name, OnnxArray array)
    {
        _elements += array.Layout.Count;
        _arrays[name] = _elements <= GreatestElements ? array : throw new InterchangeException(InterchangeError.TooLarge,
            $"The arrays of the graph have more than {GreatestElements} elements up to '{name}'. No microcontroller holds such a network; "
            + "use a smaller one.");
    }

    private void Run(NodeProto node, int depth)
    {
        if (++_nodes > GreatestNodes)
        {
            throw new InterchangeException(InterchangeError.TooLarge, $"The graph has more than {GreatestNodes} nodes; use fewer layers.");
        }

        if (_functions.TryGetValue($"{node.Domain}.{node.OpType}", out var function))
        {
            Call(function, node, depth);
            return;
        }

        if (node.Output.Count == 0)
        {
            throw new InterchangeException(InterchangeError.BadFile, $"A node {node.FullType} has no output.");
        }

        var outputs = Guarded(node, () => Evaluate(node));
        foreach (var (name, array) in node.Output.Zip(outputs))
        {
            Set(name, array);
            _producers[name] = node;
        }
    }

    private static T Guarded<T>(NodeProto node, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Refusal refusal)
        {
            throw new InterchangeException(InterchangeError.NodeNotSupported,
                $"{node.Title} is not supported: {refusal.Message}.", refusal);
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException or InvalidCastException or OverflowException
            or InvalidOperationException or DivideByZeroException)
        {
            throw new InterchangeException(InterchangeError.NodeNotSupported,
                $"{node.Title}: its inputs do not fit it ({fault.Message}).", fault);
        }
    }

    /// <summary>The nodes of a function in place of the one that calls it.</summary>
    private void Call(FunctionProto function, NodeProto call, int depth)
    {
        if (depth >= GreatestDepth)
        {
            throw new InterchangeException(InterchangeError.BadFile, $"{call.Title} calls itself, or too deep; the file is damaged.");
        }

        string prefix = $"{call.Title}/{_nodes}/";
        var names = function.Input.Select((name, i) => (name, call.Input.ElementAtOrDefault(i) ?? ""))
            .Concat(function.Output.Select((name, i) => (name, call.Output.ElementAtOrDefault(i) ?? prefix + name)))
            .GroupBy(pair => pair.name).ToDictionary(group => group.Key, group => group.First().Item2);
        foreach (var inner in function.Node)
        {
            var node = new NodeProto { OpType = inner.OpType, Domain = inner.Domain, Name = $"{call.Title}/{inner.Name}" };
            node.Input.AddRange(inner.Input.Select(Outer));
            node.Output.AddRange(inner.Output.Select(Outer));
            node.Attribute.AddRange(inner.Attribute.Select(Bound).OfType<AttributeProto>());
            Run(node, depth + 1);
        }

        string Outer(string name) => name.Length == 0 ? "" : names.TryGetValue(name, out string? outer) ? outer : prefix + name;

        AttributeProto? Bound(AttributeProto attribute)
        {
            if (attribute.RefAttrName.Length == 0)
            {
                return attribute;
            }

            var given = (call.Find(attribute.RefAttrName)
                ?? function.AttributeProto.FirstOrDefault(known => known.Name == attribute.RefAttrName))?.Clone();
            if (given is not null)
            {
                given.Name = attribute.Name;
            }

            return given;
        }
    }

    private OnnxArray[] Evaluate(NodeProto node)
    {
        if (!OnnxFile.IsDefault(node.Domain))
        {
            throw Refusal.Of(node.FullType);
        }

        if (node.OpType == "SequenceAt" && _sequences.TryGetValue(node.Input[0], out var sequence))
        {
            long index = Find(node, node.Input[1]).Integers()[0];
            return [sequence[index < 0 ? index + sequence.Length : index]];
        }

        OnnxArray[] inputs = [.. node.Input.Where(name => name.Length > 0).Select(name => Find(node, name))];
        if (node.Input.Reverse().SkipWhile(name => name.Length == 0).Any(name => name.Length == 0) && node.OpType != "Clip")
        {
            throw new Refusal("it leaves out an input in the middle; export it with all of them");
        }

        if (inputs.FirstOrDefault(array => array.Origin is PendingOrigin)?.Origin is PendingOrigin pending)
        {
            return [Normalization(node) ?? new OnnxArray(pending, inputs[0].Layout)];
        }

        if (node.OpType == "SplitToSequence")
        {
            _sequences[node.Output[0]] = Movement.Sequence(node, inputs);
            return [];
        }

        if (Movement.Of(node, inputs) is { } moved)
        {
            return moved;
        }

        return [Constants.Source(node, inputs) ?? (inputs.Length > 0 ? Compute(node, inputs) : throw Refusal.Of(node.OpType))];
    }

    private OnnxArray Find(NodeProto node, string name) => _arrays.TryGetValue(name, out var array)
        ? _network.Settled(array)
        : throw new InterchangeException(InterchangeError.BadFile, $"{node.Title} reads '{name}', which nothing has made.");

    private OnnxArray Compute(NodeProto node, OnnxArray[] inputs)
    {
        var x = inputs[0];
        switch (node.OpType)
        {
            case "MatMul" when inputs[1].IsConstant:
                return _layers.MatMul(x, inputs[1]);
            case "MatMul" when !x.IsConstant:
                return _layers.Multiply(x, inputs[1]);
            case "MatMul":
                throw new Refusal("known weights come first: it mixes tokens, not channels; use attention or a convolution");
            case "Gemm":
                return _layers.Gemm(node, inputs);
            case "Conv":
                return _layers.Convolve(node, inputs);
            case "Pad":
                return _layers.Pad(node, inputs);
            case "BatchNormalization":
                var (gains, offsets) = OnnxLayers.BatchNorm(node, inputs);
                return _elementWise.Affine(_elementWise.Affine(x, gains, "Mul"), offsets, "Add");
            case "LayerNormalization":
                return x.Layout.Axis(node.Int("axis", -1)) == x.Layout.Rank - 1
                    ? _layers.LayerNorm(x, inputs[1].Numbers(), inputs.Length > 2 ? inputs[2].Numbers() : new double[x.Shape[^1]],
                        node.Float("epsilon", 1e-5f))
                    : throw new Refusal("it normalizes over several dimensions; use LayerNorm over the channels alone");
            case "Softmax":
                return _layers.Softmax(x, x.Layout.Axis(node.Int("axis", _operatorSet < 13 ? 1 : -1)), _operatorSet < 13);
            case "ReduceMean" or "ReduceSum":
                return Reduce(node, inputs);
            case "GlobalAveragePool":
                return _layers.Mean(x, [.. Enumerable.Range(2, x.Layout.Rank - 2)], isRankKept: true, isSum: false);
            case "Concat":
                return _layers.Join(inputs, x.Layout.Axis(node.Int("axis", 0)));
            case "Where":
                return ElementWise.Where(inputs);
            case "Add" or "Sub" or "Mul" or "Div" or "Min" or "Max" or "Pow":
                return inputs.Length == 1 ? x : inputs.Skip(1).Aggregate(x, (first, second) => _elementWise.Pairwise(node.OpType, first, second));
            default:
                return _elementWise.Curved(node, inputs);
        }
    }

    private OnnxArray Reduce(NodeProto node, OnnxArray[] inputs)
    {
        var x = inputs[0];
        bool isSum = node.OpType == "ReduceSum";
        bool isRankKept = node.Int("keepdims", 1) != 0;
        int[] axes = Movement.AxesOf(node, inputs) is { Length: > 0 } given
            ? [.. given.Select(x.Layout.Axis).Distinct()]
            : [.. Enumerable.Range(0, x.Layout.Rank)];
        if (x.Origin.Reduced(_layers, x, axes, isRankKept, isSum) is { } reduced)
        {
            return reduced;
        }

        if (!isSum && IsOverChannels(x.Layout, axes) && isRankKept)
        {
            int[] shape = [.. x.Shape[..^1], 1];
            return new OnnxArray(new PendingOrigin(node), new ArrayLayout(shape, new int[ArrayLayout.Product(shape)]));
        }

        return _layers.Mean(x, axes, isRankKept, isSum);
    }

    private static bool IsOverChannels(ArrayLayout layout, int[] axes) =>
        axes is [var axis] && axis == layout.Rank - 1 && layout.Shape[^1] > 1 && layout.Positions[1] == layout.Positions[0] + 1;

    /// <summary>
    /// A layer normalization in single steps, at its last one: x less its mean, over the root of the mean of its square and epsilon. Null
    /// for the steps before.
    /// </summary>
    private OnnxArray? Normalization(NodeProto node)
    {
        if (node.OpType != "Div" || Maker(node, 0, "Sub") is not { } centred || Maker(node, 1, "Sqrt") is not { } root
            || Maker(root, 0, "Add") is not { } sum)
        {
            return null;
        }

        int constant = _arrays[sum.Input[0]].IsConstant ? 0 : 1;
        if (Maker(sum, 1 - constant, "ReduceMean") is not { } variance || !IsSquareOf(centred, variance.Input[0])
            || Maker(centred, 1, "ReduceMean") is not { } mean || mean.Input[0] != centred.Input[0]
            || !new[] { variance, mean }.All(IsOverLast) || _arrays[sum.Input[constant]].Layout.Count != 1)
        {
            return null;
        }

        var x = _arrays[centred.Input[0]];
        double[] ones = new double[x.Shape[^1]];
        Array.Fill(ones, 1);
        return _layers.LayerNorm(x, ones, new double[ones.Length], (float)_arrays[sum.Input[constant]].Numbers()[0]);
    }

    /// <summary>Whether a mean goes over the last dimension alone, and keeps it.</summary>
    private bool IsOverLast(NodeProto mean)
    {
        var x = _arrays[mean.Input[0]];
        long[]? axes = mean.Input.Count > 1 ? _arrays[mean.Input[1]].Integers() : mean.Ints("axes");
        return mean.Int("keepdims", 1) != 0 && axes is [var axis] && x.Layout.Axis(axis) == x.Layout.Rank - 1;
    }

    /// <summary>Whether a tensor is the square of what a node, or another just like it, makes.</summary>
    private bool IsSquareOf(NodeProto centred, string name)
    {
        var square = _producers.GetValueOrDefault(name);
        return square is not null && Maker(square, 0, "Sub")?.Input.SequenceEqual(centred.Input) == true && square.OpType switch
        {
            "Mul" => square.Input[0] == square.Input[1],
            "Pow" => _arrays[square.Input[1]] is { IsConstant: true } power && power.Numbers() is [2],
            _ => false,
        };
    }

    private NodeProto? Maker(NodeProto node, int input, string kind) =>
        input < node.Input.Count && _producers.GetValueOrDefault(node.Input[input]) is { } maker && maker.OpType == kind ? maker : null;
}
