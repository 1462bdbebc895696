using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random valid graphs over every operator: raw and int8 windows, odd shapes, all paddings and strides, adds of activations, constants and
/// a tensor with itself, tensors read again later or never, and parameters at their extremes; every fourth has a step program. The same
/// seed always gives the same graph.
/// </summary>
public sealed class RandomGraph
{
    private readonly Random _random;
    private readonly RandomOperators _draw;
    private readonly WindowTensor _window;
    private readonly List<Operator> _operators = [];

    private RandomGraph(int seed)
    {
        _random = new Random(seed);
        _draw = new RandomOperators(_random, maxWeights: _random.Next(12) == 0 ? 8000 : 1200);
        _window = RandomInput.Window(_random, _draw.Size(64));
    }

    /// <summary>The graph of a seed.</summary>
    public static Graph Create(int seed) => seed % 4 == 3 ? RandomStream.Create(seed) : new RandomGraph(seed).Create($"random-{seed}");

    private Graph Create(string id)
    {
        AddFirst();
        for (int i = _random.Next(1, 8); i > 0; i--)
        {
            AppendAny();
        }

        ReduceToOneRow();
        return RandomInput.Describe(id, new GraphProgram(_window, Last, [.. _operators]), _random);
    }

    private ActivationTensor Last => _operators[^1].Output;

    private void AddFirst()
    {
        if (_window.ElementType == ElementType.Int8)
        {
            _operators.Add(_random.Next(2) == 0
                ? _draw.Conv1d(_window, RandomShape(_window))
                : _draw.Linear(_window, _draw.Size(40)));
            return;
        }

        int channels = _random.Next(3) > 0 ? _window.Columns : _random.Next(1, _window.Columns + 1);
        int step = _random.Next(3) > 0 ? 1 : _random.Next(1, Math.Min(_window.Rows, 4) + 1);
        _operators.Add(_draw.Quantize(_window, _random.Next(_window.Columns - channels + 1), channels, step));
    }

    private void AppendAny()
    {
        // Mostly a chain; sometimes an earlier tensor is read again, or the int8 window.
        Tensor input = _operators[_random.Next(4) == 0 ? _random.Next(_operators.Count) : ^1].Output;
        if (_window.ElementType == ElementType.Int8 && _random.Next(8) == 0)
        {
            input = _window;
        }

        switch (_random.Next(20))
        {
            case 0:
                _operators.Add(_draw.Conv1d(input, RandomShape(input)));
                break;
            case 1 or 2 or 3:
                _operators.Add(_draw.Linear(input, _draw.Size(40)));
                break;
            case 4 or 5:
                _operators.Add(_draw.Attention(input, _draw.Reach(input.Rows)));
                break;
            case 6 or 7:
                AddFeedForward(input);
                break;
            case 8 or 9:
                AddResidual(input);
                break;
            case 10:
                _operators.Add(_draw.Add(input, _draw.Constant(input, input.Rows)));
                break;
            case 11:
                _operators.Add(_draw.Softmax(input.Columns <= 511 ? input : Last));
                break;
            case 12:
                _operators.Add(_draw.DepthwiseConv1d(input, RandomShape(input)));
                break;
            case 13 or 14:
                _operators.Add(_draw.Lookup(input));
                break;
            case 15 or 16:
                _operators.Add(input.Columns >= 2 ? _draw.LayerNorm(input) : _draw.Lookup(input));
                break;
            case 17:
                AddConcat(input);
                break;
            default:
                bool isCausal = _random.Next(2) == 0;
                _operators.Add(_draw.LinearAttention(input, isCausal, isCausal ? _random.Next(13) : 0));
                break;
        }
    }

    /// <summary>Expansion, lookup or none, contraction, residual sum and perhaps a normalization: what groups are made for.</summary>
    private void AddFeedForward(Tensor input)
    {
        _operators.Add(_draw.Linear(input, _draw.Size(60)));
        if (_random.Next(2) == 0)
        {
            _operators.Add(_draw.Lookup(Last));
        }

        _operators.Add(_draw.LinearTo(Last, input.Columns));
        _operators.Add(_draw.Add(input, Last));
        if (input.Columns >= 2 && _random.Next(2) == 0)
        {
            _operators.Add(_draw.LayerNorm(Last));
        }
    }

    /// <summary>A residual sum with an earlier tensor of the same shape, which may be the tensor itself.</summary>
    private void AddResidual(Tensor input)
    {
        ActivationTensor[] candidates =
            [.. _operators.Select(step => step.Output).Where(other => other.Rows == input.Rows && other.Columns == input.Columns)];
        if (candidates.Length <= 1)
        {
            _operators.Add(_draw.LinearTo(input, input.Columns));
        }

        bool isSameShape = Last.Rows == input.Rows && Last.Columns == input.Columns;
        _operators.Add(_draw.Add(input, isSameShape ? Last : candidates[_random.Next(candidates.Length)]));
    }

    private void AddConcat(Tensor input)
    {
        var second = Last;
        bool byColumns = input.Rows == second.Rows && input.Columns + second.Columns <= 256;
        bool byRows = input.Columns == second.Columns && input.Rows + second.Rows <= 100;
        if (byColumns || byRows)
        {
            bool isRows = byRows && (!byColumns || _random.Next(2) == 0);
            _operators.Add(_draw.Concat(input, second, isRows ? ConcatAxis.Rows : ConcatAxis.Columns));
            return;
        }

        _operators.Add(_draw.Lookup(input));
    }

    private void ReduceToOneRow()
    {
        if (Last.Rows > 1 || _random.Next(4) == 0)
        {
            var input = Last;
            var other = _operators.Select(step => step.Output)
                .FirstOrDefault(tensor => tensor.Rows == input.Rows && tensor.Columns == input.Columns);
            _operators.Add(_random.Next(5) switch
            {
                0 => RandomOperators.Last(input),
                1 => _draw.AttentionPool(input),
                2 => _draw.Distance(input, other ?? input),
                _ => _draw.Mean(input),
            });
        }

        if (_random.Next(3) > 0)
        {
            _operators.Add(_draw.Linear(Last, _draw.Size(20)));
        }

        // Labels bound the output.
        if (Last.Columns > 200)
        {
            _operators.Add(_draw.LinearTo(Last, _draw.Size(10)));
        }

        if (_random.Next(2) == 0)
        {
            _operators.Add(_draw.Softmax(Last));
        }
    }

    /// <summary>A convolution whose rows all read at least one sample.</summary>
    private ConvolutionShape RandomShape(Tensor input)
    {
        int kernel = Math.Min(_random.Next(6) == 0 ? _random.Next(1, 20) : _random.Next(1, 6), Math.Max(1200 / input.Columns, 1));
        int stride = _random.Next(1, 5);
        int padLeft = _random.Next(kernel);
        int maxRows = (input.Rows - 1 + padLeft) / stride + 1;
        int rows = _random.Next(2) == 0 ? maxRows : _random.Next(1, maxRows + 1);
        return new ConvolutionShape(kernel, stride, padLeft, rows);
    }
}
