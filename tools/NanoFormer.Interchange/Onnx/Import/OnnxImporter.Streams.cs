using NanoFormer.Interchange.Networks;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx.Import;

/// <content>Several sensors: parts of the window, and the tokens made of them.</content>
public sealed partial class OnnxImporter
{
    private readonly Dictionary<(int Column, int Columns, int Step), FloatValue> _selections = [];

    /// <summary>
    /// An array of some channels of the window, maybe of the last of every few samples, as one of a matrix of these alone; any other
    /// array as it is.
    /// </summary>
    private OnnxArray Selected(OnnxArray array)
    {
        if (array.Origin is not ValueOrigin { Value: var window } || MakerOf(window) is not null || array.Layout is not
            { Shape: [1, var rows, var columns], Positions: [var first, ..] positions } || positions.Length == window.Count)
        {
            return array;
        }

        (int step, int column) = (first / window.Columns + 1, first % window.Columns);
        bool isSelection = rows == window.Rows / step && column + columns <= window.Columns && positions.Index().All(pair =>
            pair.Item == (((pair.Index / columns) + 1) * step - 1) * window.Columns + column + pair.Index % columns);
        if (!isSelection)
        {
            return array;
        }

        (int, int, int) key = (column, columns, step);
        if (!_selections.TryGetValue(key, out FloatValue? selected))
        {
            selected = Write(new FloatSelect(window, new FloatValue(rows, columns), column, step));
            _selections[key] = selected;
        }

        return array with { Origin = new ValueOrigin(selected), Layout = ArrayLayout.Plain(1, rows, columns) };
    }

    /// <summary>Matrices <c>[1, R, C]</c> one behind the other or side by side.</summary>
    private OnnxArray Join(OnnxArray[] parts, int axis)
    {
        var values = new FloatValue[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            FloatValue value = Matrix(ref parts[i]);
            bool isWhole = parts[i].Layout.IsSame(ArrayLayout.Plain(1, value.Rows, value.Columns));
            if (!isWhole || axis is not (1 or 2) || parts[i].Shape[3 - axis] != parts[0].Shape[3 - axis])
            {
                throw Unknown(_node);
            }

            values[i] = value;
        }

        FloatValue joined = values.Aggregate((first, second) => Write(axis == 1
            ? new FloatConcat(first, second, new FloatValue(first.Rows + second.Rows, first.Columns), ConcatAxis.Rows)
            : new FloatConcat(first, second, new FloatValue(first.Rows, first.Columns + second.Columns), ConcatAxis.Columns)));
        return OnnxArray.Of(joined, ArrayLayout.Plain(1, joined.Rows, joined.Columns));
    }
}
