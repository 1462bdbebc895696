using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random graphs whose operators all stream, with the step program derived from them: strides and kernels of every ratio, windowed and
/// linear attention, pooling by mean or last row. The same seed always gives the same graph.
/// </summary>
public sealed class RandomStream
{
    private readonly Random _random;
    private readonly RandomOperators _draw;
    private readonly WindowTensor _window;
    private readonly List<Operator> _operators = [];
    private readonly List<ActivationTensor> _inTime = [];

    private RandomStream(int seed)
    {
        _random = new Random(seed);
        _draw = new RandomOperators(_random, maxWeights: 1200);
        _window = RandomInput.Window(_random, 4 * _random.Next(1, 17));
    }

    /// <summary>The graph of a seed.</summary>
    public static Graph Create(int seed) => StepProgram.AddTo(new RandomStream(seed).Create($"stream-{seed}"));

    private Graph Create(string id)
    {
        AppendInTime(_window.ElementType == ElementType.Int8
            ? _draw.Conv1d(_window, RandomShape(_window))
            : _draw.Quantize(_window, 0, _window.Columns, _window.Rows % 2 == 0 && _random.Next(4) == 0 ? 2 : 1));
        for (int i = _random.Next(1, 7); i > 0; i--)
        {
            AppendInTime(Any(_inTime[_random.Next(4) == 0 ? _random.Next(_inTime.Count) : ^1]));
        }

        Pool();
        return RandomInput.Describe(id, new GraphProgram(_window, _operators[^1].Output, [.. _operators]), _random);
    }

    private void AppendInTime(Operator step)
    {
        _operators.Add(step);
        _inTime.Add(step.Output);
    }

    private Operator Any(ActivationTensor input)
    {
        ActivationTensor[] alike = [.. _inTime.Where(other => other.Rows == input.Rows)];
        var other = alike[_random.Next(alike.Length)];
        return _random.Next(12) switch
        {
            0 => _draw.Conv1d(input, RandomShape(input)),
            1 => _draw.DepthwiseConv1d(input, RandomShape(input)),
            2 or 3 => _draw.Attention(input, AttentionReach.Windowed(_random.Next(input.Rows + 2))),
            4 or 5 => _draw.LinearAttention(input, isCausal: true, _random.Next(1, 13)),
            6 => _draw.Add(input, other.Columns == input.Columns ? other : _draw.Constant(input, period: 1)),
            7 => _draw.Concat(input, other, ConcatAxis.Columns),
            8 => _draw.Lookup(input),
            9 when input.Columns >= 2 => _draw.LayerNorm(input),
            10 when input.Columns <= 511 => _draw.Softmax(input),
            _ => _draw.Linear(input, _draw.Size(20)),
        };
    }

    /// <summary>The mean, the last row, or both beside each other; then perhaps a layer and a softmax.</summary>
    private void Pool()
    {
        var input = _inTime[^1];
        int kind = _random.Next(4);
        if (kind != 0)
        {
            _operators.Add(_draw.Mean(input));
        }

        if (kind is 0 or 1)
        {
            _operators.Add(RandomOperators.Last(input));
        }

        if (kind == 1)
        {
            var axis = _random.Next(2) == 0 ? ConcatAxis.Rows : ConcatAxis.Columns;
            _operators.Add(_draw.Concat(_operators[^2].Output, _operators[^1].Output, axis));
        }

        if (_operators[^1].Output.Rows > 1)
        {
            _operators.Add(_draw.Mean(_operators[^1].Output));
        }

        _operators.Add(_draw.LinearTo(_operators[^1].Output, _draw.Size(12)));
        if (_random.Next(2) == 0)
        {
            _operators.Add(_draw.Softmax(_operators[^1].Output));
        }
    }

    /// <summary>A convolution that computes each row once, from rows that came before.</summary>
    private ConvolutionShape RandomShape(Tensor input)
    {
        int[] strides = [.. new[] { 1, 2, 4 }.Where(stride => input.Rows % stride == 0)];
        int stride = strides[_random.Next(strides.Length)];
        int kernel = stride + _random.Next(4);
        return new ConvolutionShape(kernel, stride, kernel - stride, input.Rows / stride);
    }
}
