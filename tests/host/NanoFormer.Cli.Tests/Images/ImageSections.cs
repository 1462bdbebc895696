using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Cli.Tests.Images;

/// <summary>Where the records of an image lie, written from MODEL-IMAGE.md alone.</summary>
/// <param name="Start">First byte of the first record.</param>
/// <param name="RecordBytes">Bytes of a record.</param>
/// <param name="Count">Records.</param>
internal readonly record struct ImageSections(int Start, int RecordBytes, int Count)
{
    private const int HeaderBytes = 128;
    private const int OperatorBytes = 80;
    private const int ImageBytesAt = 8;
    private const int ChecksumAt = 12;
    private const int ChecksumStart = 16;

    public int End => Start + RecordBytes * Count;

    public static ImageSections Header(byte[] _) => new(0, HeaderBytes, 1);

    public static ImageSections Channels(byte[] image) => new(Int32(image, 52), 32, UInt16(image, 72));

    public static ImageSections Labels(byte[] image) => new(Int32(image, 56), 24, UInt16(image, 74));

    public static ImageSections Tensors(byte[] image) => new(Int32(image, 60), 32, UInt16(image, 76));

    public static ImageSections Operators(byte[] image) => new(Int32(image, 64), OperatorBytes, UInt16(image, 78));

    public static ImageSections StepOperators(byte[] image) => new(Int32(image, 100), OperatorBytes, UInt16(image, 104));

    /// <summary>First byte of a record.</summary>
    public int Record(int index) => Start + RecordBytes * index;

    public static int Int32(byte[] image, int at) => BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(at));

    public static int UInt16(byte[] image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    public static void SetInt32(byte[] image, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at), value);

    public static void SetUInt16(byte[] image, int at, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), (ushort)value);

    /// <summary>Makes the checksum right again, as far as the size in the header allows one.</summary>
    public static void Seal(byte[] image)
    {
        if (image.Length < HeaderBytes)
        {
            return;
        }

        uint size = (uint)Int32(image, ImageBytesAt);
        if (size >= HeaderBytes && size <= image.Length)
        {
            uint checksum = Crc32.HashToUInt32(image.AsSpan(ChecksumStart, (int)size - ChecksumStart));
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(ChecksumAt), checksum);
        }
    }
}
