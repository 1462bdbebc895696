using System.Buffers.Binary;
using System.Text;

namespace NanoFormer.Model;

/// <summary>Writes little-endian fields of one record; values that a field cannot hold are refused.</summary>
internal readonly ref struct ImageRecord(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public void UInt8(int offset, int value) => _bytes[offset] = (byte)InRange(value, byte.MinValue, byte.MaxValue);

    public void UInt16(int offset, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes[offset..], (ushort)InRange(value, ushort.MinValue, ushort.MaxValue));

    public void Int16(int offset, int value) =>
        BinaryPrimitives.WriteInt16LittleEndian(_bytes[offset..], (short)InRange(value, short.MinValue, short.MaxValue));

    public void UInt32(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes[offset..], value);

    public void Int32(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes[offset..], value);

    public void Text(int offset, int fieldBytes, string text)
    {
        if (text.Length >= fieldBytes || !Ascii.IsValid(text))
        {
            throw new ModelImageException(ModelImageError.BadHeader, $"'{text}' is not ASCII of at most {fieldBytes - 1} characters");
        }

        Encoding.ASCII.GetBytes(text, _bytes.Slice(offset, fieldBytes));
    }

    private static int InRange(int value, int min, int max) => value >= min && value <= max
        ? value
        : throw new ModelImageException(ModelImageError.BadHeader, $"{value} does not fit a field of {min}..{max}");
}
