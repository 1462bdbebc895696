using System.Reflection;
using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random valid graphs over every operator: raw and int8 windows, odd shapes, all paddings and strides, adds of activations, constants and
/// a tensor with itself, tensors read again later or never, and parameters at their extremes; every fourth has a step program. The same
/// seed always gives the same graph. Which operators are drawn how often is said with each of them, in the folder Operators.
/// </summary>
public sealed partial class RandomGraph
{
    private static readonly Action<RandomGraph, Tensor>[] NextOperators = FacesOf(Die.Next);
    private static readonly Action<RandomGraph, Tensor>[] Reductions = FacesOf(Die.Reduction);

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

        NextOperators[_random.Next(NextOperators.Length)](this, input);
    }

    private void ReduceToOneRow()
    {
        if (Last.Rows > 1 || _random.Next(4) == 0)
        {
            Reductions[_random.Next(Reductions.Length)](this, Last);
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

    /// <summary>What the faces of a die do; each must belong to one method.</summary>
    private static Action<RandomGraph, Tensor>[] FacesOf(Die die)
    {
        var methods = typeof(RandomGraph).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic);
        var claims = (from method in methods
                      let attribute = method.GetCustomAttribute<FacesAttribute>()
                      where attribute?.Die == die
                      from face in attribute.Faces
                      orderby face
                      select (Face: face, Append: method.CreateDelegate<Action<RandomGraph, Tensor>>())).ToArray();
        return claims.Select(claim => claim.Face).SequenceEqual(Enumerable.Range(0, claims.Length))
            ? [.. claims.Select(claim => claim.Append)]
            : throw new InvalidOperationException($"The faces of the die '{die}' are {string.Join(", ", claims.Select(claim => claim.Face))}.");
    }
}
