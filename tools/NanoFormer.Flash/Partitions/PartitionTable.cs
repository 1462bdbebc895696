using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>How a flash is divided: the CSV format of ESP-IDF.</summary>
/// <remarks>
/// By the esp-idf documentation, partition tables: sizes may be written as 24K or 1M, and a partition without an offset begins where
/// the one before it ends, an app at the next 64 KB.
/// </remarks>
public sealed class PartitionTable
{
    private const int LongestName = 16;
    private const int Sector = 0x1000;
    private const int AppAlignment = 0x10000;
    private const long FirstOffset = 0x9000; // behind the table itself

    /// <summary>Bits of a partition's flags.</summary>
    internal static readonly IReadOnlyDictionary<string, int> Flags = new Dictionary<string, int> { ["encrypted"] = 1, ["readonly"] = 2 };

    private PartitionTable(string name, IReadOnlyList<Partition> partitions)
    {
        Name = name;
        Partitions = partitions;
    }

    /// <summary>The file it was read from.</summary>
    public string Name { get; }

    /// <summary>The regions, in the order of their addresses.</summary>
    public IReadOnlyList<Partition> Partitions { get; }

    /// <summary>Where the firmware lies.</summary>
    public Partition Firmware => Find(PartitionType.App, PartitionType.Factory, "app,factory");

    /// <summary>Where the deployed application lies.</summary>
    public Partition Deployment => Find(PartitionType.Data, PartitionType.Deployment, "data,0x84");

    /// <summary>Where a model image lies.</summary>
    public Partition Model => Find(PartitionType.Data, PartitionType.Model, "data,0x85");

    /// <summary>A table of nfproj/partitions.</summary>
    public static PartitionTable Shipped(string fileName) => Parse(fileName, EmbeddedData.ReadText(fileName));

    /// <summary>Reads a table.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="csv">Lines <c>name, type, subtype, offset, size, flags</c>; those that begin with <c>#</c> are comments.</param>
    /// <exception cref="FlashException">A line cannot be read, or partitions overlap or do not start at a sector of 4 KB.</exception>
    public static PartitionTable Parse(string name, string csv)
    {
        var partitions = new List<Partition>();
        int number = 0;
        foreach (string line in csv.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var partition = ParseLine(line, partitions.Count > 0 ? partitions[^1].End : FirstOffset, what => Bad(name, number, what));
            Check(name, number, partitions, partition);
            partitions.Add(partition);
        }

        return new PartitionTable(name, partitions);
    }

    /// <summary>Requires that every partition lies within the flash.</summary>
    /// <param name="start">First address of the flash.</param>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="FlashException">One begins before it or ends after it.</exception>
    public void CheckWithin(long start, long bytes)
    {
        var outside = Partitions.FirstOrDefault(partition => partition.Offset < start || partition.End > start + bytes);
        if (outside is not null)
        {
            throw new FlashException(
                FlashError.BadPartitionTable,
                $"{Name}: '{outside.Name}' ({Hex.Address(outside.Offset)} to {Hex.Address(outside.End)}) leaves the flash "
                + $"({Hex.Address(start)} to {Hex.Address(start + bytes)}).");
        }
    }

    private Partition Find(int type, int subtype, string description) =>
        Partitions.FirstOrDefault(partition => partition.Type == type && partition.Subtype == subtype)
        ?? throw new FlashException(FlashError.BadPartitionTable, $"{Name} has no partition of type {description}.");

    private static Partition ParseLine(string line, long next, Func<string, FlashException> bad)
    {
        string[] fields = [.. line.Split(',').Select(field => field.Trim())];
        if (fields.Length < 5 || fields.Skip(6).Any(field => field.Length > 0))
        {
            throw bad("is not 'name, type, subtype, offset, size, flags'");
        }

        if (fields[0].Length is 0 or > LongestName || !fields[0].All(char.IsAscii))
        {
            throw bad($"has the name '{fields[0]}': 1 to 16 ASCII characters");
        }

        int type = PartitionType.Parse(fields[1]) ?? throw bad($"has the type '{fields[1]}': app, data or a number");
        int subtype = PartitionType.ParseSubtype(type, fields[2])
            ?? throw bad($"has the subtype '{fields[2]}', which is neither a number nor a name of ESP-IDF");
        long size = PartitionNumber.Parse(fields[4]) is { } bytes and > 0 ? bytes
            : throw bad($"has the size '{fields[4]}': write 0x6000, 24576, 24K or 1M");
        long offset = fields[3].Length == 0 ? Aligned(next, type == PartitionType.App ? AppAlignment : Sector)
            : PartitionNumber.Parse(fields[3]) ?? throw bad($"has the offset '{fields[3]}': write 0x9000, 36864, 36K or nothing");
        return new Partition(fields[0], type, subtype, offset, size, fields.Length > 5 ? ParseFlags(fields[5], bad) : 0);
    }

    private static long Aligned(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    private static int ParseFlags(string text, Func<string, FlashException> bad) => text
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(0, (flags, flag) => Flags.TryGetValue(flag, out int bit)
            ? flags | bit
            : throw bad($"has the flag '{flag}': {string.Join(" or ", Flags.Keys)}"));

    private static void Check(string name, int line, List<Partition> before, Partition partition)
    {
        if (partition.Offset % Sector != 0)
        {
            throw Bad(name, line, $"starts '{partition.Name}' at {Hex.Address(partition.Offset)}, which is not a multiple of 0x1000");
        }

        if (before.Any(other => other.Name == partition.Name))
        {
            throw Bad(name, line, $"names a second partition '{partition.Name}'");
        }

        if (before.Count > 0 && partition.Offset < before[^1].End)
        {
            throw Bad(name, line, $"starts '{partition.Name}' at {Hex.Address(partition.Offset)}, before '{before[^1].Name}' "
                + $"ends at {Hex.Address(before[^1].End)}");
        }
    }

    private static FlashException Bad(string name, int line, string what) =>
        new(FlashError.BadPartitionTable, string.Create(CultureInfo.InvariantCulture, $"{name}: line {line} {what}."));
}

/// <summary>A region of the flash.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Type">0 = app, 1 = data.</param>
/// <param name="Subtype">What it holds.</param>
/// <param name="Offset">Address of its first byte.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Flags">Bits of <see cref="PartitionTable.Flags"/>.</param>
public sealed record Partition(string Name, int Type, int Subtype, long Offset, long Size, int Flags = 0)
{
    /// <summary>Address after its last byte.</summary>
    public long End => Offset + Size;
}
