using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random valid graphs over every operator: odd shapes, all paddings and strides, adds of activations, constants and a tensor with
/// itself, tensors read again later or never, and parameters at their extremes. The same seed always gives the same graph.
/// </summary>
public sealed class RandomGraph
{
    private const int MaxWeights = 1200;

    private readonly Random random;
    private readonly RandomQuantization quantization;
    private readonly WindowTensor window;
    private readonly List<Operator> operators = [];
    private ConstantTensor? lastExponentials;

    private RandomGraph(int seed)
    {
        random = new Random(seed);
        quantization = new RandomQuantization(random);
        window = new WindowTensor(Size(64), Size(9));
    }

    /// <summary>The graph of a seed.</summary>
    public static Graph Create(int seed) => new RandomGraph(seed).Create($"random-{seed}");

    private Graph Create(string id)
    {
        AddQuantize();
        for (int i = random.Next(1, 7); i > 0; i--)
        {
            AppendAny();
        }

        ReduceToOneRow();
        ActivationTensor output = operators[^1].Output;
        Graph graph = new()
        {
            ModelId = id,
            Input = RandomInput(),
            Labels = [.. Enumerable.Range(0, random.Next(2) * output.Count).Select(i => $"class {i}")],
            GateThresholdPermille = random.Next(1001),
            Window = window,
            Output = output,
            Tensors = Graph.CollectTensors(window, operators),
            Operators = operators,
        };
        return graph.WithTestWindows(Enumerable.Range(0, random.Next(3) / 2).Select(_ => RandomWindow.Create(window.Count, random)));
    }

    private InputSpecification RandomInput()
    {
        IEnumerable<InputChannel> channels =
            Enumerable.Range(0, window.Columns).Select(i => new InputChannel($"channel_{i}", "g", 1.0 / (1 + i)));
        return new InputSpecification([.. channels], window.Rows, random.Next(1, window.Rows + 1), random.Next(1, 100_000_001));
    }

    private void AppendAny()
    {
        // Mostly a chain; sometimes an earlier tensor is read again.
        ActivationTensor input = operators[random.Next(4) == 0 ? random.Next(operators.Count) : ^1].Output;
        switch (random.Next(10))
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
            default:
                AddSoftmax(input);
                break;
        }
    }

    private void ReduceToOneRow()
    {
        if (operators[^1].Output.Rows > 1 || random.Next(4) == 0)
        {
            AddMean(operators[^1].Output);
        }

        if (random.Next(3) > 0)
        {
            AddLinear(operators[^1].Output, Size(20));
        }

        // Labels bound the output.
        if (operators[^1].Output.Columns > 200)
        {
            AddLinear(operators[^1].Output, Size(10));
        }

        if (random.Next(2) == 0)
        {
            AddSoftmax(operators[^1].Output);
        }
    }

    private void AddQuantize() => operators.Add(new Quantize
    {
        Window = window,
        ChannelConstants = quantization.SampleConstants(window.Columns),
        Output = NewTensor(window.Rows, window.Columns),
    });

    private void AddConv1d(ActivationTensor input)
    {
        int kernel = Math.Min(random.Next(6) == 0 ? random.Next(1, 20) : random.Next(1, 6), Math.Max(MaxWeights / input.Columns, 1));
        int stride = random.Next(1, 5);
        int padLeft = random.Next(kernel);
        int maxRows = (input.Rows - 1 + padLeft) / stride + 1;
        int rows = random.Next(2) == 0 ? maxRows : random.Next(1, maxRows + 1);
        int products = kernel * input.Columns;
        int columns = Limited(Size(32), products);
        ActivationTensor output = NewTensor(rows, columns);
        operators.Add(new Conv1d
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(columns, products, quantization.Weights(columns * products)),
            ChannelConstants = quantization.ProductConstants(columns, products),
            Kernel = kernel,
            Stride = stride,
            PadLeft = padLeft,
            Clamp = quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    private void AddLinear(ActivationTensor input, int wantedColumns)
    {
        // Now and then a wide row, for the sums of the next operators.
        int columns = Limited(random.Next(8) == 0 ? random.Next(1, 201) : wantedColumns, input.Columns);
        ActivationTensor output = NewTensor(input.Rows, columns);
        operators.Add(new Linear
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(columns, input.Columns, quantization.Weights(columns * input.Columns)),
            ChannelConstants = quantization.ProductConstants(columns, input.Columns),
            Clamp = quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    private void AddAttention(ActivationTensor input)
    {
        int heads = random.Next(1, 5);
        int headColumns = Limited(Size(16), 3 * heads * input.Columns);
        int columns = heads * headColumns;
        operators.Add(new Attention
        {
            Input = input,
            Weights = ConstantTensor.FromInt8(3 * columns, input.Columns, quantization.Weights(3 * columns * input.Columns)),
            ChannelConstants = quantization.ProductConstants(3 * columns, input.Columns),
            Exponentials = Exponentials(),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = quantization.ZeroPoint(),
            KeyZeroPoint = quantization.ZeroPoint(),
            ValueZeroPoint = quantization.ZeroPoint(),
            ScoreMultiplier = quantization.MultiplierNear(1 / (100 * Math.Sqrt(headColumns))),
            ScoreZeroPoint = quantization.ZeroPoint(),
            ContextMultiplier = quantization.MultiplierNear(1.0 / 128),
            Output = NewTensor(input.Rows, columns),
        });
    }

    /// <summary>A residual sum with an earlier tensor of the same shape, which may be the tensor itself.</summary>
    private void AddResidual(ActivationTensor input)
    {
        ActivationTensor[] candidates =
            [.. operators.Select(step => step.Output).Where(other => other.Rows == input.Rows && other.Columns == input.Columns)];
        if (candidates.Length == 1)
        {
            AddLinear(input, input.Columns);
        }

        ActivationTensor last = operators[^1].Output;
        bool isSameShape = last.Rows == input.Rows && last.Columns == input.Columns;
        AddSum(input, isSameShape ? last : candidates[random.Next(candidates.Length)]);
    }

    private void AddSum(ActivationTensor first, Tensor second)
    {
        ActivationTensor output = NewTensor(first.Rows, first.Columns);
        operators.Add(new Add
        {
            First = first,
            Second = second,
            FirstMultiplier = quantization.MultiplierNear(0.4),
            SecondMultiplier = quantization.MultiplierNear(0.4),
            OutputMultiplier = quantization.MultiplierNear(1.5 / (1 << 20)),
            Clamp = quantization.Clamp(output.ZeroPoint),
            Output = output,
        });
    }

    private ConstantTensor RandomConstant(ActivationTensor like) => ConstantTensor.FromInt8(
        like.Rows, like.Columns, quantization.Values(like.Count), quantization.ZeroPoint(), quantization.TensorScale());

    private void AddMean(ActivationTensor input) => operators.Add(new Mean
    {
        Input = input,
        Multiplier = quantization.MultiplierNear(2.0 / input.Rows),
        Output = NewTensor(1, input.Columns),
    });

    private void AddSoftmax(ActivationTensor input) => operators.Add(new Softmax
    {
        Input = input,
        Exponentials = Exponentials(),
        Output = new ActivationTensor(input.Rows, input.Columns, sbyte.MinValue, FixedMultiplier.FromReal(1.0 / 256)),
    });

    /// <summary>A table of its own, or the one of an earlier operator.</summary>
    private ConstantTensor Exponentials() => lastExponentials is null || random.Next(3) == 0
        ? lastExponentials = ExponentialTable.Create(quantization.SoftmaxScale())
        : lastExponentials;

    private ActivationTensor NewTensor(int rows, int columns) =>
        new(rows, columns, quantization.ZeroPoint(), quantization.TensorScale());

    /// <summary>A size in 1..max, small ones being likelier.</summary>
    private int Size(int max) => 1 + (int)(max * random.NextDouble() * random.NextDouble());

    /// <summary>At most so many outputs that their weights stay few, and at least one.</summary>
    private static int Limited(int outputs, int weightsOfOutput) => Math.Max(Math.Min(outputs, MaxWeights / weightsOfOutput), 1);
}
