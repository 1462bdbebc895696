using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NanoFormer.Interchange;

/// <summary>What the messages generated from onnx.proto lack: nodes by the names of their attributes, tensors by their values.</summary>
internal static class OnnxMessages
{
    /// <summary>An attribute of a whole number.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeType.IntAttribute };

    /// <summary>An attribute of a real number.</summary>
    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeType.FloatAttribute };

    /// <summary>An attribute of text.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeType.StringAttribute };

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Attribute(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.IntsAttribute };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    /// <summary>A node.</summary>
    public static NodeProto Node(string kind, string name, IEnumerable<string> inputs, string output, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = kind, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        return node;
    }

    /// <summary>A float tensor.</summary>
    public static TensorProto Tensor(string name, IEnumerable<long> dimensions, ReadOnlySpan<float> values) =>
        Tensor(name, dimensions, DataType.Float, MemoryMarshal.AsBytes(values));

    /// <summary>An int8 tensor.</summary>
    public static TensorProto Tensor(string name, IEnumerable<long> dimensions, ReadOnlySpan<sbyte> values) =>
        Tensor(name, dimensions, DataType.Int8, MemoryMarshal.AsBytes(values));

    /// <summary>An int64 tensor of one dimension.</summary>
    public static TensorProto Tensor(string name, ReadOnlySpan<long> values) =>
        Tensor(name, [values.Length], DataType.Int64, MemoryMarshal.AsBytes(values));

    /// <summary>An input or output of floats; a dimension of null is the batch.</summary>
    public static ValueInfoProto Value(string name, params IReadOnlyList<long?> dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(dimensions.Select(size =>
            size is { } known ? new DimensionProto { DimValue = known } : new DimensionProto { DimParam = "batch" }));
        var type = new TypeProto { TensorType = new TensorTypeProto { ElemType = DataType.Float, Shape = shape } };
        return new ValueInfoProto { Name = name, Type = type };
    }

    extension(NodeProto node)
    {
        /// <summary>The node for an error: its type, and its name where it has one.</summary>
        public string Title => node.Name.Length > 0 ? $"{node.FullType} '{node.Name}'"
            : node.Output.Count > 0 ? $"{node.FullType} (makes '{node.Output[0]}')" : node.FullType;

        /// <summary>The type, with its domain where that is not ONNX's own.</summary>
        public string FullType => OnnxFile.IsDefault(node.Domain) ? node.OpType : $"{node.Domain}.{node.OpType}";

        /// <summary>The attribute of a name; null when it is not there.</summary>
        public AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

        /// <summary>A whole number, or what stands in for it.</summary>
        public long Int(string name, long absent) => node.Find(name)?.I ?? absent;

        /// <summary>A real number, or what stands in for it.</summary>
        public float Float(string name, float absent) => node.Find(name)?.F ?? absent;

        /// <summary>Text, or what stands in for it.</summary>
        public string Text(string name, string absent) => node.Find(name)?.S.ToStringUtf8() ?? absent;

        /// <summary>Whole numbers; null when the attribute is not there.</summary>
        public long[]? Ints(string name) => node.Find(name) is { } attribute ? [.. attribute.Ints] : null;
    }

    extension(TensorProto tensor)
    {
        /// <summary>The values as doubles, whatever their type.</summary>
        /// <exception cref="InterchangeException">
        /// <see cref="InterchangeError.BadTensor"/>: of a type that networks do not use, not whole, or not all numbers.
        /// </exception>
        public double[] Doubles()
        {
            double[] values = tensor.DataType switch
            {
                DataType.Float when tensor.FloatData.Count > 0 => [.. tensor.FloatData.Select(value => (double)value)],
                DataType.Double when tensor.DoubleData.Count > 0 => [.. tensor.DoubleData],
                DataType.Int64 when tensor.Int64Data.Count > 0 => [.. tensor.Int64Data.Select(value => (double)value)],
                DataType.Float16 when tensor.Int32Data.Count > 0 =>
                    [.. tensor.Int32Data.Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
                DataType.Bfloat16 when tensor.Int32Data.Count > 0 => [.. tensor.Int32Data.Select(bits => FromBfloat16((ushort)bits))],
                DataType.Int32 or DataType.Int8 or DataType.Uint8 or DataType.Bool when tensor.Int32Data.Count > 0 =>
                    [.. tensor.Int32Data.Select(value => (double)value)],
                DataType.Float => tensor.Widen<float>(value => value),
                DataType.Double => tensor.Widen<double>(value => value),
                DataType.Float16 => tensor.Widen<Half>(value => (double)value),
                DataType.Bfloat16 => tensor.Widen<ushort>(FromBfloat16),
                DataType.Int64 => tensor.Widen<long>(value => value),
                DataType.Int32 => tensor.Widen<int>(value => value),
                DataType.Int8 => tensor.Widen<sbyte>(value => value),
                DataType.Uint8 or DataType.Bool => tensor.Widen<byte>(value => value),
                _ => throw tensor.Bad($"holds data type {(int)tensor.DataType}; export it as float32"),
            };
            var count = tensor.Dims.Aggregate((Int128)1, (product, size) => Int128.Clamp(product * size, -1, int.MaxValue));
            if (tensor.Dims.Any(size => size < 0) || count != values.Length)
            {
                throw tensor.Bad($"of shape [{string.Join(", ", tensor.Dims)}] has {values.Length} values");
            }

            return Array.Exists(values, double.IsNaN) ? throw tensor.Bad("has values that are not numbers (NaN); train it again") : values;
        }

        private double[] Widen<T>(Converter<T, double> convert)
            where T : struct
        {
            var bytes = tensor.RawData.Span;
            return bytes.Length % Marshal.SizeOf<T>() == 0
                ? Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), convert)
                : throw tensor.Bad($"has {bytes.Length} bytes, which are not whole values");
        }

        private InterchangeException Bad(string why) => new(InterchangeError.BadTensor, $"Tensor '{tensor.Name}' {why}.");
    }

    private static double FromBfloat16(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);

    private static TensorProto Tensor(string name, IEnumerable<long> dimensions, DataType type, ReadOnlySpan<byte> data)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(dimensions);
        return tensor;
    }
}
