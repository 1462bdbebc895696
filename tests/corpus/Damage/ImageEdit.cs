using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Corpus;

/// <summary>A copy of an image whose fields can be overwritten; offsets are those of MODEL-IMAGE.md.</summary>
internal sealed class ImageEdit(byte[] source)
{
    public const int TensorBytes = 32;
    public const int OperatorBytes = 80;

    private const int Checksum = 12;
    private const int ChecksumStart = 16;
    private const int HeaderBytes = 128;
    private const int PlaceImage = 2;

    public byte[] Source => source;

    public byte[] Bytes { get; } = [.. source];

    public int Channels => Read32(52);

    public int Labels => Read32(56);

    public int Tensor(int index) => Read32(60) + TensorBytes * index;

    public int Operator(int index) => Read32(64) + OperatorBytes * index;

    public int StepOperator(int index) => Read32(100) + OperatorBytes * index;

    /// <summary>Where the values of the constant tensor lie that an operator's field names.</summary>
    public int ConstantOf(int index, int field) => Read32(Tensor(Read16(Operator(index) + field)));

    /// <summary>The state of a step operator.</summary>
    public int StateOf(int index) => Read16(StepOperator(index) + 14);

    /// <summary>Makes a tensor that no operator names any more a constant, as which it harms nobody.</summary>
    public ImageEdit Retire(int tensor) => Write32(Tensor(tensor), HeaderBytes).Write8(Tensor(tensor) + 13, PlaceImage);

    public int Read32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(offset));

    public int Read16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(offset));

    public ImageEdit Write32(int offset, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Bytes.AsSpan(offset), value);
        return this;
    }

    public ImageEdit Write16(int offset, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(offset), (ushort)value);
        return this;
    }

    public ImageEdit Write8(int offset, int value)
    {
        Bytes[offset] = (byte)value;
        return this;
    }

    /// <summary>Writes the checksum that the bytes give now.</summary>
    public byte[] Sealed()
    {
        Write32(Checksum, (int)Crc32.HashToUInt32(Bytes.AsSpan(ChecksumStart)));
        return Bytes;
    }
}
