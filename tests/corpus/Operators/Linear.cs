using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Fully connected layers.</content>
internal sealed partial class RandomOperators
{
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
}

/// <content>Fully connected layers.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 1, 2, 3)]
    internal void AppendLinear(Tensor input) => _operators.Add(_draw.Linear(input, _draw.Size(40)));

    /// <summary>Expansion, lookup or none, contraction, residual sum and perhaps a normalization: what groups are made for.</summary>
    [Faces(Die.Next, 6, 7)]
    internal void AddFeedForward(Tensor input)
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
}
