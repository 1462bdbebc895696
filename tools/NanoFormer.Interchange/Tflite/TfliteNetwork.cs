using System.Runtime.InteropServices;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>Collects the tensors and operators of a file. Methods that add an operator give the index of the tensor it writes.</summary>
internal sealed class TfliteNetwork
{
    private readonly List<TfliteTensor> _tensors = [];
    private readonly List<TfliteOperator> _operators = [];
    private readonly List<int> _inputs = [];

    /// <summary>Tensor <paramref name="index"/>.</summary>
    public TfliteTensor this[int index] => _tensors[index];

    /// <summary>Tensors that the caller brings.</summary>
    public IReadOnlyList<int> Inputs => _inputs;

    /// <summary>The scale of an activation.</summary>
    public float ScaleOf(int tensor) => _tensors[tensor].Quantization!.Scale;

    /// <summary>A tensor that the caller brings, int8.</summary>
    public int Input(string name, IReadOnlyList<int> shape, TfliteQuantization quantization)
    {
        int index = Add(new TfliteTensor(name, shape, TfliteType.Int8, quantization, default));
        _inputs.Add(index);
        return index;
    }

    /// <summary>An int8 constant.</summary>
    public int Constant(string name, IReadOnlyList<int> shape, ReadOnlySpan<sbyte> values, TfliteQuantization? quantization) =>
        Add(new TfliteTensor(name, shape, TfliteType.Int8, quantization, MemoryMarshal.AsBytes(values).ToArray()));

    /// <summary>An int32 constant.</summary>
    public int Constant(string name, IReadOnlyList<int> shape, ReadOnlySpan<int> values, TfliteQuantization? quantization = null) =>
        Add(new TfliteTensor(name, shape, TfliteType.Int32, quantization, MemoryMarshal.AsBytes(values).ToArray()));

    /// <summary>An operator and the tensor it writes.</summary>
    public int Run(TfliteKind kind, IReadOnlyList<int> inputs, TfliteOptions options, IReadOnlyList<int> shape,
        TfliteQuantization? quantization, TfliteType type = TfliteType.Int8)
    {
        int output = Add(new TfliteTensor($"{kind}{_operators.Count}", shape, type, quantization, default));
        _operators.Add(new TfliteOperator(kind, inputs, output, options));
        return output;
    }

    /// <summary>The same bytes in another shape and, if given, of another quantization.</summary>
    public int Reshape(int input, IReadOnlyList<int> shape, TfliteQuantization? quantization = null)
    {
        int target = Constant("shape", [shape.Count], [.. shape]);
        return Run(TfliteKind.Reshape, [input, target], TfliteOptions.Empty(TfliteKind.Reshape), shape,
            quantization ?? _tensors[input].Quantization);
    }

    /// <summary>The same values with the second and third of four dimensions exchanged.</summary>
    public int ExchangeMiddle(int input, TfliteQuantization quantization)
    {
        var shape = _tensors[input].Shape;
        int order = Constant("order", [4], [0, 2, 1, 3]);
        return Run(TfliteKind.Transpose, [input, order], TfliteOptions.Empty(TfliteKind.Transpose),
            [shape[0], shape[2], shape[1], shape[3]], quantization);
    }

    /// <summary>A number of rows from one on.</summary>
    public int Rows(int input, int first, int count)
    {
        var tensor = _tensors[input];
        int columns = tensor.Shape[^1];
        int begin = Constant("begin", [4], [0, 0, first, 0]);
        int end = Constant("end", [4], [1, 1, first + count, columns]);
        int strides = Constant("strides", [4], [1, 1, 1, 1]);
        return Run(TfliteKind.StridedSlice, [input, begin, end, strides], new StridedSliceOptions(), [1, 1, count, columns],
            tensor.Quantization);
    }

    /// <summary>Rows of the zero point before and after those that are there.</summary>
    public int PadRows(int input, int before, int after)
    {
        var tensor = _tensors[input];
        int columns = tensor.Shape[^1];
        int padding = Constant("padding", [4, 2], [0, 0, 0, 0, before, after, 0, 0]);
        return Run(TfliteKind.Pad, [input, padding], TfliteOptions.Empty(TfliteKind.Pad),
            [1, 1, before + tensor.Shape[2] + after, columns], tensor.Quantization);
    }

    /// <summary>The values limited to a range, by comparison.</summary>
    public int Limit(int input, ClampRange range)
    {
        int result = range.Low == sbyte.MinValue ? input : Compare(TfliteKind.Maximum, input, (sbyte)range.Low);
        return range.High == sbyte.MaxValue ? result : Compare(TfliteKind.Minimum, result, (sbyte)range.High);
    }

    /// <summary>The finished model.</summary>
    public TfliteModel Build(string name, int output, IReadOnlyDictionary<string, string> metadata) =>
        new(name, _tensors, _operators, _inputs, output, metadata);

    private int Compare(TfliteKind kind, int input, sbyte limit)
    {
        var tensor = _tensors[input];
        int bound = Constant("limit", [1], [limit], tensor.Quantization);
        return Run(kind, [input, bound], TfliteOptions.Empty(kind), tensor.Shape, tensor.Quantization);
    }

    private int Add(TfliteTensor tensor)
    {
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }
}
