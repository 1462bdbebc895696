using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random valid graphs over every operator: odd shapes, all paddings and strides, adds of activations, constants and a tensor with
/// itself, tensors read again later or never, and parameters at their extremes. The same seed always gives the same graph.
/// </summary>
public sealed class RandomGraph
{
    private const int MaxWeights = 1200;

    private readonly Random _random;
    private readonly RandomQuantization _quantization;
    private readonly WindowTensor _window;
    private readonly List<Operator> _operators = [];
    private ConstantTensor? _lastExponentials;

    private RandomGraph(int seed)
    {
        _random = new Random(seed);
        _quantization = new RandomQuantization(_random);
        _window = new WindowTensor(Size(64), Size(9));
    }

    /// <summary>The graph of a seed.</summary>
    public static Graph Create(int seed) => new RandomGraph(seed).Create($"random-{seed}");

    private Graph Create(string id)
    {
        AddQuantize();
        for (int i = _random.Next(1, 7); i > 0; i--)
        {
            AppendAny();
        }

        ReduceToOneRow();
        ActivationTensor output = _operators[^1].Output;
        Graph graph = new()
        {
            ModelId = id,
            Input = RandomInput(),
            Labels = [.. Enumerable.Range(0, _random.Next(2) * output.Count).Select(i => $"class {i}")],
            GateThresholdPermille = _random.Next(1001),
            Window = _window,
            Output = output,
            Tensors = Graph.CollectTensors(_window, _operators),
            Operators = _operators,
        };
        return graph.WithTestWindows(Enumerable.Range(0, _random.Next(3) / 2).Select(_ => RandomWindow.Create(_window.Count, _random)));
    }

    private InputSpecification RandomInput()
    {
        IEnumerable<InputChannel> channels =
            Enumerable.Range(0, _window.Columns).Select(i => new InputChannel($"channel_{i}", "g", 1.0 / (1 + i)));
        return new InputSpecification([.. channels], _window.Rows, _random.Next(1, _window.Rows + 1), _random.Next(1, 100_000_001));
    }

    private void AppendAny()
    {
        // Mostly a chain; sometimes an earlier tensor is read again.
        ActivationTensor input = _operators[_random.Next(4) == 0 ? _random.Next(_operators.Count) : ^1].Output;
        switch (_random.Next(12))
        {
            case 0 or 1:
                AddConv1d(input);
                break;
            case 2 or 3:
                AddLinear(input, Size(40));
                break;
            case 4 or 5:
                AddAttention(input);
                break;
            case 6 or 7:
                AddResidual(input);
                break;
            case 8:
                AddSum(input, RandomConstant(input));
                break;
            case 9:
                AddSoftmax(input);
                break;
            default:
                AddDepthwiseConv1d(input);
                break;
        }
    }

    private void ReduceToOneRow()
    {
        if (_operators[^1].Output.Rows > 1 || _random.Next(4) == 0)
        {
            AddMean(_operators[^1].Output);
        }

        if (_random.Next(3) > 0)
        {
            AddLinear(_operators[^1].Output, Size(20));
        }

        // Labels bound the output.
        if (_operators[^1].Output.Columns > 200)
        {
            AddLinear(_operators[^1].Output, Size(10));
        }

        if (_random.Next(2) == 0)
        {
            AddSoftmax(_operators[^1].Output);
        }
    }

    private void AddQuantize() => _operators.Add(new Quantize
    {
        Window = _window,
        ChannelConstants = _quantization.SampleConstants(_window.Columns),
        Output = NewTensor(_window.Rows, _window.Columns),
    });

    private void AddConv1d(ActivationTensor input)
    {
        ConvolutionShape shape = RandomShape(input);
        int products = shape.Kernel * input.Columns;
        int columns = Limited(Size(32), products);
        ActivationTensor output = NewTensor(shape.OutputRows, columns);
        _operators.Add(new Conv1d
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(columns, products, _quantization.Weights(columns * products)),
            ChannelConstants = _quantization.ProductConstants(columns, products),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    private void AddDepthwiseConv1d(ActivationTensor input)
    {
        ConvolutionShape shape = RandomShape(input);
        ActivationTensor output = NewTensor(shape.OutputRows, input.Columns);
        _operators.Add(new DepthwiseConv1d
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(shape.Kernel, input.Columns, _quantization.Weights(shape.Kernel * input.Columns)),
            ChannelConstants = _quantization.ProductConstants(input.Columns, shape.Kernel),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    /// <summary>A convolution whose rows all read at least one sample.</summary>
    private ConvolutionShape RandomShape(ActivationTensor input)
    {
        int kernel = Math.Min(_random.Next(6) == 0 ? _random.Next(1, 20) : _random.Next(1, 6), Math.Max(MaxWeights / input.Columns, 1));
        int stride = _random.Next(1, 5);
        int padLeft = _random.Next(kernel);
        int maxRows = (input.Rows - 1 + padLeft) / stride + 1;
        int rows = _random.Next(2) == 0 ? maxRows : _random.Next(1, maxRows + 1);
        return new ConvolutionShape(kernel, stride, padLeft, rows);
    }

    private void AddLinear(ActivationTensor input, int wantedColumns)
    {
        // Now and then a wide row, for the sums of the next operators.
        int columns = Limited(_random.Next(8) == 0 ? _random.Next(1, 201) : wantedColumns, input.Columns);
        ActivationTensor output = NewTensor(input.Rows, columns);
        _operators.Add(new Linear
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(columns, input.Columns, _quantization.Weights(columns * input.Columns)),
            ChannelConstants = _quantization.ProductConstants(columns, input.Columns),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    private void AddAttention(ActivationTensor input)
    {
        int heads = _random.Next(1, 5);
        int headColumns = Limited(Size(16), 3 * heads * input.Columns);
        int columns = heads * headColumns;
        _operators.Add(new Attention
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(3 * columns, input.Columns, _quantization.Weights(3 * columns * input.Columns)),
            ChannelConstants = _quantization.ProductConstants(3 * columns, input.Columns),
            Exponentials = Exponentials(),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = _quantization.ZeroPoint(),
            KeyZeroPoint = _quantization.ZeroPoint(),
            ValueZeroPoint = _quantization.ZeroPoint(),
            ScoreMultiplier = _quantization.MultiplierNear(1 / (100 * Math.Sqrt(headColumns))),
            ScoreZeroPoint = _quantization.ZeroPoint(),
            ContextMultiplier = _quantization.MultiplierNear(1.0 / 128),
            Output = NewTensor(input.Rows, columns),
        });
    }

    /// <summary>A residual sum with an earlier tensor of the same shape, which may be the tensor itself.</summary>
    private void AddResidual(ActivationTensor input)
    {
        ActivationTensor[] candidates =
            [.. _operators.Select(step => step.Output).Where(other => other.Rows == input.Rows && other.Columns == input.Columns)];
        if (candidates.Length == 1)
        {
            AddLinear(input, input.Columns);
        }

        ActivationTensor last = _operators[^1].Output;
        bool isSameShape = last.Rows == input.Rows && last.Columns == input.Columns;
        AddSum(input, isSameShape ? last : candidates[_random.Next(candidates.Length)]);
    }

    private void AddSum(ActivationTensor first, Tensor second)
    {
        ActivationTensor output = NewTensor(first.Rows, first.Columns);
        _operators.Add(new Add
        {
            First = first,
            Second = second,
            FirstMultiplier = _quantization.MultiplierNear(0.4),
            SecondMultiplier = _quantization.MultiplierNear(0.4),
            OutputMultiplier = _quantization.MultiplierNear(1.5 / (1 << 20)),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    private ConstantTensor RandomConstant(ActivationTensor like) => ConstantTensor.FromInt8(
        like.Rows, like.Columns, _quantization.Values(like.Count), _quantization.ZeroPoint(), _quantization.TensorScale());

    private void AddMean(ActivationTensor input) => _operators.Add(new Mean
    {
        Input = input,
        Multiplier = _quantization.MultiplierNear(2.0 / input.Rows),
        Output = NewTensor(1, input.Columns),
    });

    private void AddSoftmax(ActivationTensor input) => _operators.Add(new Softmax
    {
        Input = input,
        Exponentials = Exponentials(),
        Output = new ActivationTensor(input.Rows, input.Columns, sbyte.MinValue, FixedMultiplier.FromReal(1.0 / 256)),
    });

    /// <summary>A table of its own, or the one of an earlier operator.</summary>
    private ConstantTensor Exponentials() => _lastExponentials is null || _random.Next(3) == 0
        ? _lastExponentials = ExponentialTable.Create(_quantization.SoftmaxScale())
        : _lastExponentials;

    private ActivationTensor NewTensor(int rows, int columns) =>
        new(rows, columns, _quantization.ZeroPoint(), _quantization.TensorScale());

    /// <summary>A size in 1..max, small ones being likelier.</summary>
    private int Size(int max) => 1 + (int)(max * _random.NextDouble() * _random.NextDouble());

    /// <summary>At most so many outputs that their weights stay few, and at least one.</summary>
    private static int Limited(int outputs, int weightsOfOutput) => Math.Max(Math.Min(outputs, MaxWeights / weightsOfOutput), 1);
}
