using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Fields of random images set to values at and beyond their limits, or to those of other records. What the C# reader says of each is what
/// every reader must say.
/// </summary>
internal static class ChangedFields
{
    private const int Images = 48;
    private const int ChangesOfImage = 150;
    private const int HeaderBytes = 128;

    // Where ranges end, in MODEL-IMAGE.md.
    private static readonly int[] Limits =
    [
        0, 1, 2, 3, 4, 12, 13, 16, 30, 31, 32, 40, 41, 64, 65, 127, 128, 129, 255, 256, 257, 510, 511, 512, 1000, 1001, 1024, 1025,
        8191, 8192, 8193, 32767, 32768, 32769, 65535, 1 << 16, 1 << 20, (1 << 20) + 16, 100_000_000, 100_000_001, int.MaxValue,
        -1, -2, -16, -31, -32, -62, -63, -128, -129, -32768, int.MinValue,
    ];

    // Fields of 4, of 2 and of 1 byte.
    private static readonly Record Header = new([16, 48, 52, 56, 60, 64, 68, 92, 100, 112, 116, 120, 124],
        [6, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 96, 98, 104, 106, 108, 110], [16, 17, 20, 47]);

    private static readonly Record Channel = new([24, 28], [], [0, 1, 15, 16, 17, 23]);

    private static readonly Record Label = new([], [], [0, 1, 23]);

    private static readonly Record Tensor = new([0, 4, 16, 20, 24, 28], [8, 10, 14], [12, 13, 31]);

    private static readonly Record Operator = new([16, 20, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76],
        [2, 4, 6, 8, 10, 12, 14, 24, 26], [0, 1]);

    private sealed record Record(int[] Words, int[] Halves, int[] Bytes);

    /// <summary>The same on every run.</summary>
    public static IEnumerable<DamagedImage> All() => Enumerable.Range(0, Images).SelectMany(Of);

    private static IEnumerable<DamagedImage> Of(int seed)
    {
        var random = new Random(seed);
        byte[] source = GraphCorpus.Image(RandomGraph.Create(seed), seed);
        for (int i = 0; i < ChangesOfImage; i++)
        {
            var image = new ImageEdit(source);
            string name = $"random-{seed}: {Change(image, random)}";
            var refused = Refusal(image.Sealed());
            // Only this reader compares a table with its scale.
            if (refused is not { Error: ModelImageError.BadTable })
            {
                yield return new DamagedImage(name, source, image.Bytes, refused?.Error);
            }
        }
    }

    private static ModelImageException? Refusal(byte[] image)
    {
        try
        {
            ImageReader.Read(image);
            return null;
        }
        catch (ModelImageException exception)
        {
            return exception;
        }
    }

    private static string Change(ImageEdit image, Random random)
    {
        (string table, int start, int bytes, int count, var record) = random.Next(10) switch
        {
            0 or 1 => ("header", 0, HeaderBytes, 1, Header),
            2 => ("channel", image.Channels, 32, image.Read16(72), Channel),
            3 => ("label", image.Labels, 24, image.Read16(74), Label),
            4 or 5 => ("tensor", image.Tensor(0), ImageEdit.TensorBytes, image.Read16(76), Tensor),
            6 when image.Read16(104) > 0 => ("step operator", image.StepOperator(0), ImageEdit.OperatorBytes, image.Read16(104), Operator),
            _ => ("operator", image.Operator(0), ImageEdit.OperatorBytes, image.Read16(78), Operator),
        };
        if (count == 0)
        {
            return "nothing";
        }

        int index = random.Next(count);
        int width = Width(record, random);
        int[] fields = width == 4 ? record.Words : width == 2 ? record.Halves : record.Bytes;
        int field = fields[random.Next(fields.Length)];
        int at = start + bytes * index + field;
        int old = Read(image, at, width);
        int value = random.Next(4) switch
        {
            0 => old + (random.Next(2) == 0 ? 1 : -1) * (random.Next(3) == 0 ? 16 : 1),
            1 => Read(image, start + bytes * random.Next(count) + field, width),
            _ => Limits[random.Next(Limits.Length)],
        };
        _ = width == 4 ? image.Write32(at, value) : width == 2 ? image.Write16(at, value) : image.Write8(at, value);
        return $"{table} {index}, {field}: {old} -> {value}";
    }

    private static int Width(Record record, Random random)
    {
        int drawn = random.Next(record.Words.Length + record.Halves.Length + record.Bytes.Length);
        return drawn < record.Words.Length ? 4 : drawn < record.Words.Length + record.Halves.Length ? 2 : 1;
    }

    private static int Read(ImageEdit image, int at, int width) =>
        width == 4 ? image.Read32(at) : width == 2 ? image.Read16(at) : image.Bytes[at];
}
