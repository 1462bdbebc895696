using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NanoFormer.Interchange.Onnx;

/// <summary>Reads constant tensors, whose values lie in one of several fields.</summary>
internal static class OnnxTensorReader
{
    private const int ExternalData = 1;

    /// <summary>The tensor of a message.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadTensor"/> when its values are not all there.</exception>
    public static OnnxTensor Read(ByteString bytes)
    {
        string name = "";
        var type = OnnxDataType.Undefined;
        var dimensions = new List<long>();
        byte[]? raw = null;
        var floats = new List<float>();
        var ints = new List<long>();
        bool isExternal = false;
        foreach (WireField field in WireField.Of(bytes))
        {
            switch (field.Number)
            {
                case OnnxField.Tensor.Dimension:
                    dimensions.AddRange(field.Ints);
                    break;
                case OnnxField.Tensor.Type:
                    type = (OnnxDataType)field.Int;
                    break;
                case OnnxField.Tensor.Name:
                    name = field.Text;
                    break;
                case OnnxField.Tensor.Raw or OnnxField.Tensor.DoubleData:
                    raw = field.Bytes.ToByteArray();
                    break;
                case OnnxField.Tensor.FloatData:
                    floats.AddRange(field.Floats);
                    break;
                case OnnxField.Tensor.Int32Data or OnnxField.Tensor.Int64Data:
                    ints.AddRange(field.Ints);
                    break;
                case OnnxField.Tensor.Location:
                    isExternal = field.Int == ExternalData;
                    break;
            }
        }

        return isExternal
            ? throw new InterchangeException(InterchangeError.BadTensor,
                $"Tensor '{name}' lies in a file of its own; export with the weights inside.")
            : Checked(new OnnxTensor(name, dimensions, type, raw ?? Bytes(type, floats, ints)));
    }

    private static byte[] Bytes(OnnxDataType type, List<float> floats, List<long> ints) => type switch
    {
        OnnxDataType.Float => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(floats)).ToArray(),
        OnnxDataType.Int64 => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(ints)).ToArray(),
        OnnxDataType.Int32 => MemoryMarshal.AsBytes<int>(ints.ConvertAll(value => (int)value).ToArray()).ToArray(),
        OnnxDataType.Int8 or OnnxDataType.Bool => [.. ints.Select(value => unchecked((byte)value))],
        _ => [],
    };

    private static OnnxTensor Checked(OnnxTensor tensor)
    {
        int size = tensor.Type switch
        {
            OnnxDataType.Int8 or OnnxDataType.Bool => sizeof(byte),
            OnnxDataType.Float or OnnxDataType.Int32 => sizeof(int),
            OnnxDataType.Int64 or OnnxDataType.Double => sizeof(long),
            _ => 0,
        };
        bool isWhole = size == 0
            || (tensor.Dimensions.All(dimension => dimension is >= 0 and <= int.MaxValue) && tensor.Count * size == tensor.Data.Length);
        return isWhole
            ? tensor
            : throw new InterchangeException(InterchangeError.BadTensor,
                $"Tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Dimensions)}] has {tensor.Data.Length} bytes.");
    }
}
