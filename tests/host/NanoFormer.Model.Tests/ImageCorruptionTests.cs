using System.Buffers.Binary;
using System.IO.Hashing;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

/// <summary>Damaged and hostile images are refused with a named error; no other exception ever leaves the reader.</summary>
public sealed class ImageCorruptionTests
{
    private const int Corruptions = 10_000;
    private const int ChecksumOffset = 12;
    private const int ChecksumStart = 16;

    private static readonly byte[][] Images = [.. Enumerable.Range(0, 50).Select(seed => ImageWriter.Write(RandomGraph.Create(seed)))];

    [Fact]
    public void A_stale_checksum_betrays_every_change()
    {
        for (int i = 0; i < Corruptions; i++)
        {
            var random = new Random(i);
            byte[] image = Corrupted(random);
            if (!Images.Any(original => original.AsSpan().SequenceEqual(image)))
            {
                Assert.Throws<ModelImageException>(() => ImageReader.Read(image));
            }
        }
    }

    [Fact]
    public void With_a_right_checksum_a_change_is_harmless_or_refused_by_name()
    {
        var refused = new Dictionary<ModelImageError, int>();
        for (int i = 0; i < Corruptions; i++)
        {
            byte[] image = Corrupted(new Random(i));
            Seal(image);
            if (ErrorOf(image) is { } error)
            {
                refused[error] = refused.GetValueOrDefault(error) + 1;
            }
        }

        Assert.Superset(
            new HashSet<ModelImageError>
            {
                ModelImageError.BadHeader,
                ModelImageError.BadTensor,
                ModelImageError.BadOperator,
                ModelImageError.UnsupportedOperator,
                ModelImageError.BadTable,
                ModelImageError.BadPlan,
            },
            refused.Keys.ToHashSet());
    }

    [Fact]
    public void Every_truncation_is_refused_as_truncated()
    {
        byte[] image = Images[0];
        for (int length = 0; length < image.Length; length++)
        {
            Assert.Equal(ModelImageError.Truncated, ErrorOf(image.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            Assert.NotNull(ErrorOf(bytes));
        }
    }

    [Fact]
    public void Many_large_overlapping_constants_take_no_memory_of_their_own()
    {
        var graph = RandomGraph.Create(3);
        List<Tensor> tensors = [.. graph.Tensors];
        while (tensors.Count < 256)
        {
            tensors.Add(ConstantTensor.FromInt8(1, 1, [0]));
        }

        byte[] image = ImageWriter.Write(graph with { Tensors = tensors });
        Array.Resize(ref image, 16 << 20);
        Write32(image, 8, image.Length);
        int table = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(60));
        for (int i = graph.Tensors.Count; i < 256; i++)
        {
            int record = table + 32 * i;
            Write32(image, record, 128);
            Write32(image, record + 4, 500 * 32768);
            Write16(image, record + 8, 500);
            Write16(image, record + 10, 32768);
        }

        Seal(image);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageReader.Read(image);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, image.Length, 2 * image.Length);
    }

    /// <summary>Some bytes or bits of a random image changed; the changes lean to the records before the constants.</summary>
    private static byte[] Corrupted(Random random)
    {
        byte[] image = [.. Images[random.Next(Images.Length)]];
        int reach = random.Next(2) == 0 ? image.Length : Math.Min(image.Length, 1500);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int position = random.Next(reach);
            switch (random.Next(4))
            {
                case 0:
                    image[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    image[position] = (byte)random.Next(256);
                    break;
                case 2:
                    random.NextBytes(image.AsSpan(position, Math.Min(random.Next(1, 9), image.Length - position)));
                    break;
                default:
                    image[position] += (byte)random.Next(1, 3);
                    break;
            }
        }

        return image;
    }

    private static ModelImageError? ErrorOf(ReadOnlySpan<byte> image)
    {
        try
        {
            ImageReader.Read(image);
            return null;
        }
        catch (ModelImageException exception)
        {
            return exception.Error;
        }
    }

    private static void Seal(byte[] image) =>
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(ChecksumOffset), Crc32.HashToUInt32(image.AsSpan(ChecksumStart)));

    private static void Write32(byte[] image, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(offset), value);

    private static void Write16(byte[] image, int offset, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), (ushort)value);
}
