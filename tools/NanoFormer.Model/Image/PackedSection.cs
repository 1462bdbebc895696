using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Model;

/// <summary>
/// The packed section of an image (MODEL-IMAGE.md): the weights of the window program once more, as int16 and with their constants in the
/// order in which the dsp kernels read them. It doubles and more the flash of the weights, and saves cycles.
/// </summary>
public static class PackedSection
{
    private const uint Magic = 0x4B434150;
    private const int FooterBytes = 16;
    private const int ConstantsBytes = 32;
    private const int MaxShift = 16;
    private const int MaxBias = 1 << 29;

    // Four columns of a row: even ones, then odd ones.
    private static readonly int[] ColumnOrder = [0, 2, 1, 3];

    /// <summary>The image with the section at its end; one that has it already stays as it is.</summary>
    /// <exception cref="ModelImageException">It is no valid image, or too large with the section.</exception>
    public static byte[] Append(ReadOnlySpan<byte> image)
    {
        var model = ImageReader.Read(image);
        if (model.PackedBytes > 0)
        {
            return image.ToArray();
        }

        long bytes = image.Length + BytesOf(model.Graph);
        return bytes <= ImageFormat.MaxImageBytes
            ? Resize([.. image, .. Of(model.Graph, image.Length)])
            : throw new ModelImageException(ModelImageError.BadHeader, $"an image may have {ImageFormat.MaxImageBytes} bytes, not {bytes}");
    }

    /// <summary>The image without the section.</summary>
    /// <exception cref="ModelImageException">It is no valid image.</exception>
    public static byte[] Remove(ReadOnlySpan<byte> image)
    {
        int packedBytes = ImageReader.Read(image).PackedBytes;
        return packedBytes == 0 ? image.ToArray() : Resize(image[..^packedBytes].ToArray());
    }

    /// <summary>Bytes that the section of a graph takes, footer included.</summary>
    public static long BytesOf(Graph graph) => TableBytes(graph) + graph.Operators.Sum(PartBytes) + FooterBytes;

    /// <summary>Bytes of an image's section with its footer; 0 without one.</summary>
    /// <exception cref="ModelImageException">BAD_TABLE: it is not the section of this graph.</exception>
    internal static int Validate(ReadOnlySpan<byte> image, Graph graph)
    {
        var footer = image[^FooterBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(footer) != Magic)
        {
            return 0;
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(footer[sizeof(uint)..]);
        return offset >= ImageFormat.HeaderBytes && offset < image.Length && Alignment.IsAligned(offset)
            && image.Length - offset == BytesOf(graph) && image[(int)offset..].SequenceEqual(Of(graph, (int)offset))
            ? image.Length - (int)offset
            : throw new ModelImageException(ModelImageError.BadTable, "the packed section is not that of the weights and constants");
    }

    /// <summary>The section of a graph, footer included, that lies at a place of the image.</summary>
    private static byte[] Of(Graph graph, int offset)
    {
        byte[][] parts = [.. graph.Operators.Select(PartOf)];
        byte[] table = new byte[TableBytes(graph)];
        int end = table.Length;
        for (int i = 0; i < parts.Length; i++)
        {
            new ImageRecord(table).Int32(i * sizeof(int), parts[i].Length == 0 ? 0 : end);
            end += parts[i].Length;
        }

        byte[] footer = new byte[FooterBytes];
        var record = new ImageRecord(footer);
        record.UInt32(0, Magic);
        record.Int32(4, offset);
        record.Int32(8, end);
        return [.. table, .. parts.SelectMany(part => part), .. footer];
    }

    private static int TableBytes(Graph graph) => Alignment.RoundUp(graph.Operators.Count * sizeof(int));

    /// <summary>Bytes of an operator: of pairs of outputs, if it has a linear layer whose constants are all such as the dsp kernels take.</summary>
    private static long PartBytes(Operator step)
    {
        bool hasPairs = step is Linear or Conv1d || (step is SelfAttention attention && attention.HeadColumns % 2 == 0);
        if (!hasPairs)
        {
            return 0;
        }

        var weights = step.Stored.Weights!;
        var constants = new ChannelConstants(step.Stored.ChannelConstants!);
        int paired = weights.Rows & ~1;
        bool isFast = !constants.Shifts[..paired].ContainsAnyExceptInRange(-MaxShift, -1)
            && !constants.Biases[..paired].ContainsAnyExceptInRange(1 - MaxBias, MaxBias - 1);
        return isFast ? paired / 2 * (long)PairBytes(weights) : 0;
    }

    private static int PairBytes(ConstantTensor weights) => ConstantsBytes + RoundUpToFour(weights.Columns) * 2 * sizeof(short);

    private static int RoundUpToFour(int columns) => (columns + 3) & ~3;

    private static byte[] PartOf(Operator step)
    {
        byte[] part = new byte[PartBytes(step)];
        if (part.Length == 0)
        {
            return part;
        }

        var weights = step.Stored.Weights!;
        var constants = new ChannelConstants(step.Stored.ChannelConstants!);
        int pairBytes = PairBytes(weights);
        for (int n = 0; n < (weights.Rows & ~1); n++)
        {
            var pair = part.AsSpan(n / 2 * pairBytes, pairBytes);
            WriteConstants(new ImageRecord(pair), n % 2, constants, n, ZeroPointOf(step, n));
            WriteWeights(pair[ConstantsBytes..], n % 2, weights.Int8Values.Slice(n * weights.Columns, weights.Columns));
        }

        return part;
    }

    private static void WriteConstants(ImageRecord pair, int odd, ChannelConstants constants, int output, int zeroPoint)
    {
        int shift = -constants.Shifts[output];
        int at = (2 + 3 * odd) * sizeof(int);
        pair.Int32(odd * sizeof(int), 2 * constants.Biases[output]);
        pair.Int32(at, constants.Mantissas[output]);
        pair.Int32(at + 4, (2 * zeroPoint + 1) * (1 << (shift - 1)));
        pair.Int32(at + 8, shift);
    }

    private static void WriteWeights(Span<byte> pair, int odd, ReadOnlySpan<sbyte> row)
    {
        for (int i = 0; i < RoundUpToFour(row.Length); i++)
        {
            int column = (i & ~3) + ColumnOrder[i % 4];
            int value = column < row.Length ? 2 * row[column] : 0;
            BinaryPrimitives.WriteInt16LittleEndian(pair[((2 * (i & ~3) + 4 * odd + i % 4) * sizeof(short))..], (short)value);
        }
    }

    private static int ZeroPointOf(Operator step, int output) => step is not SelfAttention attention
        ? step.Output.ZeroPoint
        : (3 * output / attention.Weights.Rows) switch
        {
            0 => attention.QueryZeroPoint,
            1 => attention.KeyZeroPoint,
            _ => attention.ValueZeroPoint,
        };

    /// <summary>Writes size and checksum of what the bytes are now.</summary>
    private static byte[] Resize(byte[] image)
    {
        var record = new ImageRecord(image);
        record.Int32(ImageField.Header.ImageBytes, image.Length);
        record.UInt32(ImageField.Header.Crc32, Crc32.HashToUInt32(image.AsSpan(ImageFormat.ChecksumStart)));
        // What was written is read back, so that nothing leaves that a reader refuses.
        ImageReader.Read(image);
        return image;
    }
}
