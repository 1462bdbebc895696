using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NanoFormer.Interchange.Onnx;

/// <summary>A field of a protocol buffer message as it lies in the bytes.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">How it is encoded.</param>
/// <param name="Scalar">A varint, or the bits of a fixed-size number.</param>
/// <param name="Bytes">What follows a length.</param>
internal readonly record struct WireField(int Number, WireFormat.WireType Type, ulong Scalar, ByteString Bytes)
{
    /// <summary>A whole number.</summary>
    public long Int => unchecked((long)Scalar);

    /// <summary>A real number.</summary>
    public float Float => BitConverter.UInt32BitsToSingle((uint)Scalar);

    /// <summary>A text.</summary>
    public string Text => Bytes.ToStringUtf8();

    /// <summary>Whole numbers: one, or packed.</summary>
    public IEnumerable<long> Ints
    {
        get
        {
            if (Type == WireFormat.WireType.Varint)
            {
                return [Int];
            }

            var values = new List<long>();
            CodedInputStream packed = Bytes.CreateCodedInput();
            while (!packed.IsAtEnd)
            {
                values.Add(packed.ReadInt64());
            }

            return values;
        }
    }

    /// <summary>Real numbers: one, or packed.</summary>
    public IEnumerable<float> Floats =>
        Type == WireFormat.WireType.Fixed32 ? [Float] : MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray();

    /// <summary>The fields of a message.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    public static IEnumerable<WireField> Of(ByteString message)
    {
        CodedInputStream input = message.CreateCodedInput();
        while (input.ReadTag() is var tag && tag != 0)
        {
            int number = WireFormat.GetTagFieldNumber(tag);
            WireFormat.WireType type = WireFormat.GetTagWireType(tag);
            switch (type)
            {
                case WireFormat.WireType.Varint:
                    yield return new WireField(number, type, input.ReadUInt64(), ByteString.Empty);
                    break;
                case WireFormat.WireType.Fixed32:
                    yield return new WireField(number, type, input.ReadFixed32(), ByteString.Empty);
                    break;
                case WireFormat.WireType.Fixed64:
                    yield return new WireField(number, type, input.ReadFixed64(), ByteString.Empty);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    yield return new WireField(number, type, 0, input.ReadBytes());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }
}
