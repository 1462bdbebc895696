using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random operators of every kind on given inputs: odd shapes, and parameters at their extremes.</summary>
/// <param name="random">The source of everything.</param>
/// <param name="maxWeights">Weights of one operator, at most (except one of the smallest shape).</param>
internal sealed class RandomOperators(Random random, int maxWeights)
{
    private readonly RandomQuantization _quantization = new(random);
    private ConstantTensor? _lastExponentials;

    public Quantize Quantize(WindowTensor window, int first, int channels, int step) => new()
    {
        Input = window,
        ChannelConstants = _quantization.SampleConstants(channels),
        FirstChannel = first,
        Step = step,
        Output = NewTensor(window.Rows / step, channels),
    };

    public Conv1d Conv1d(Tensor input, ConvolutionShape shape)
    {
        int products = shape.Kernel * input.Columns;
        int columns = Limited(Size(32), products);
        var output = NewTensor(shape.OutputRows, columns);
        return new Conv1d
        {
            Input = input,
            Weights = Weights(columns, products),
            ChannelConstants = _quantization.ProductConstants(columns, products),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }

    public DepthwiseConv1d DepthwiseConv1d(Tensor input, ConvolutionShape shape)
    {
        var output = NewTensor(shape.OutputRows, input.Columns);
        return new DepthwiseConv1d
        {
            Input = input,
            Weights = Weights(shape.Kernel, input.Columns),
            ChannelConstants = _quantization.ProductConstants(input.Columns, shape.Kernel),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }

    public Linear Linear(Tensor input, int wantedColumns)
    {
        // Now and then a wide row, for the sums of the next operators.
        int columns = Limited(random.Next(8) == 0 ? random.Next(1, 201) : wantedColumns, input.Columns);
        return LinearTo(input, columns);
    }

    public Linear LinearTo(Tensor input, int columns)
    {
        var output = NewTensor(input.Rows, columns);
        return new Linear
        {
            Input = input,
            Weights = Weights(columns, input.Columns),
            ChannelConstants = _quantization.ProductConstants(columns, input.Columns),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }

    public Attention Attention(Tensor input, AttentionReach reach)
    {
        int heads = random.Next(1, 5);
        int headColumns = Limited(Size(16), 3 * heads * input.Columns);
        int columns = heads * headColumns;
        return new Attention
        {
            Input = input,
            Weights = Weights(3 * columns, input.Columns),
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
            Reach = reach,
            Output = NewTensor(input.Rows, columns),
        };
    }

    /// <summary>All, causal, windowed, or any number of tokens either way.</summary>
    public AttentionReach Reach(int tokens) => random.Next(4) switch
    {
        0 => AttentionReach.Full,
        1 => AttentionReach.Causal,
        2 => AttentionReach.Windowed(random.Next(tokens)),
        _ => new AttentionReach(random.Next(tokens), random.Next(tokens)),
    };

    public LinearAttention LinearAttention(Tensor input, bool isCausal, int decay)
    {
        int heads = random.Next(1, 4);
        int headColumns = Limited(Size(12), 3 * heads * input.Columns);
        int columns = heads * headColumns;
        return new LinearAttention
        {
            Input = input,
            Weights = Weights(3 * columns, input.Columns),
            ChannelConstants = _quantization.ProductConstants(3 * columns, input.Columns),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = _quantization.ZeroPoint(),
            KeyZeroPoint = _quantization.ZeroPoint(),
            ValueZeroPoint = _quantization.ZeroPoint(),
            Multiplier = _quantization.MultiplierNear(1.0 / (1 << 12)),
            IsCausal = isCausal,
            Decay = decay,
            Output = NewTensor(input.Rows, columns),
        };
    }

    public Add Add(Tensor first, Tensor second)
    {
        var output = NewTensor(first.Rows, first.Columns);
        return new Add
        {
            Input = first,
            Second = second,
            FirstMultiplier = _quantization.MultiplierNear(0.4),
            SecondMultiplier = _quantization.MultiplierNear(0.4),
            OutputMultiplier = _quantization.MultiplierNear(1.5 / (1 << 20)),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }

    /// <summary>An int8 constant of a tensor's shape, whose rows repeat after <paramref name="period"/>.</summary>
    public ConstantTensor Constant(Tensor like, int period)
    {
        sbyte[] rows = _quantization.Values(period * like.Columns);
        sbyte[] values = [.. Enumerable.Range(0, like.Count).Select(i => rows[i % rows.Length])];
        return ConstantTensor.FromInt8(like.Rows, like.Columns, values, _quantization.ZeroPoint(), _quantization.TensorScale());
    }

    public Concat Concat(Tensor first, Tensor second, ConcatAxis axis) => new()
    {
        Input = first,
        Second = second,
        FirstMultiplier = _quantization.MultiplierNear(0.8),
        SecondMultiplier = _quantization.MultiplierNear(0.8),
        Axis = axis,
        Output = axis == ConcatAxis.Rows
            ? NewTensor(first.Rows + second.Rows, first.Columns)
            : NewTensor(first.Rows, first.Columns + second.Columns),
    };

    public Distance Distance(Tensor first, Tensor second)
    {
        var norm = (DistanceNorm)random.Next(1, 3);
        int bits = random.Next(8) == 0 ? random.Next(41) : random.Next(8 * (int)norm, 12 * (int)norm);
        int columns = random.Next(2) == 0 ? 1 : first.Columns;
        int lag = random.Next(3) == 0 ? random.Next(first.Rows) : 0;
        double terms = (double)(first.Rows - lag) * first.Columns / columns;
        double size = Math.Pow(1 << 13, (int)norm);
        return new Distance
        {
            Input = first,
            Second = second,
            FirstMultiplier = _quantization.MultiplierUpToOne(),
            SecondMultiplier = _quantization.MultiplierUpToOne(),
            Norm = norm,
            Lag = lag,
            Bits = bits,
            OutputMultiplier = _quantization.MultiplierNear(Math.Min(60 * Math.ScaleB(1, bits) / (terms * size), 1 << 28)),
            Output = NewTensor(1, columns),
        };
    }

    public Mean Mean(Tensor input) => new()
    {
        Input = input,
        Multiplier = _quantization.MultiplierNear(2.0 / input.Rows),
        Output = NewTensor(1, input.Columns),
    };

    public static Last Last(Tensor input) => new()
    {
        Input = input,
        Output = new ActivationTensor(1, input.Columns, input.ZeroPoint, input.Scale),
    };

    public AttentionPool AttentionPool(Tensor input) => new()
    {
        Input = input,
        Weights = Weights(1, input.Columns),
        ChannelConstants = _quantization.ProductConstants(1, input.Columns),
        Exponentials = Exponentials(),
        ScoreZeroPoint = _quantization.ZeroPoint(),
        ContextMultiplier = _quantization.MultiplierNear(1.0 / 128),
        Output = NewTensor(1, input.Columns),
    };

    public Softmax Softmax(Tensor input) => new()
    {
        Input = input,
        Exponentials = Exponentials(),
        Output = new ActivationTensor(input.Rows, input.Columns, sbyte.MinValue, FixedMultiplier.FromReal(1.0 / 256)),
    };

    public Lookup Lookup(Tensor input) => new()
    {
        Input = input,
        Table = ConstantTensor.FromInt8(1, LookupTable.Length, _quantization.Values(LookupTable.Length)),
        Output = NewTensor(input.Rows, input.Columns),
    };

    public LayerNorm LayerNorm(Tensor input)
    {
        var output = NewTensor(input.Rows, input.Columns);
        return new LayerNorm
        {
            Input = input,
            Weights = Weights(1, input.Columns),
            ChannelConstants = _quantization.NormConstants(input.Columns),
            Epsilon = random.Next(4) == 0 ? (uint)_quantization.Pick(1, -1, int.MinValue) : (uint)random.Next(1, 100_000),
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }

    /// <summary>A size in 1..max, small ones being likelier.</summary>
    public int Size(int max) => 1 + (int)(max * random.NextDouble() * random.NextDouble());

    private ConstantTensor Weights(int rows, int columns) => ConstantTensor.FromInt8(rows, columns, _quantization.Weights(rows * columns));

    /// <summary>A table of its own, or the one of an earlier operator.</summary>
    private ConstantTensor Exponentials() => _lastExponentials is null || random.Next(3) == 0
        ? _lastExponentials = ExponentialTable.Create(_quantization.SoftmaxScale())
        : _lastExponentials;

    private ActivationTensor NewTensor(int rows, int columns) =>
        new(rows, columns, _quantization.ZeroPoint(), _quantization.TensorScale());

    /// <summary>As many outputs as keep the weights few, and at least one.</summary>
    private int Limited(int outputs, int weightsOfOutput) => Math.Max(Math.Min(outputs, maxWeights / weightsOfOutput), 1);
}
