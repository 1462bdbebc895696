using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>How a flash is divided: the CSV format of ESP-IDF, with every offset and size written out.</summary>
public sealed class PartitionTable
{
    private const int LongestName = 16;
    private const int Sector = 0x1000;

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
    /// <param name="csv">Lines <c>name, type, subtype, offset, size</c>; those that begin with <c>#</c> are comments.</param>
    /// <exception cref="FlashException">A line cannot be read, or partitions overlap or do not start at a sector of 4 KB.</exception>
    public static PartitionTable Parse(string name, string csv)
    {
        var partitions = new List<Partition>();
        int number = 0;
        foreach (string line in csv.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var partition = ParseLine(line) ?? throw Bad(name, number, "is not 'name, type, subtype, offset, size'");
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

    private static Partition? ParseLine(string line)
    {
        string[] fields = [.. line.Split(',').Select(field => field.Trim())];
        if (fields.Length < 5 || fields.Skip(5).Any(field => field.Length > 0) || fields[0].Length is 0 or > LongestName
            || !fields[0].All(char.IsAscii))
        {
            return null;
        }
        return PartitionType.Parse(fields[1]) is { } type && PartitionType.ParseSubtype(type, fields[2]) is { } subtype
            && Address(fields[3]) is { } offset && Address(fields[4]) is { } size and > 0
            ? new Partition(fields[0], type, subtype, offset, size)
            : null;
    }

    private static long? Address(string text) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;

    private static void Check(string name, int line, List<Partition> before, Partition partition)
    {
        if (partition.Offset % Sector != 0)
        {
            throw Bad(name, line, $"starts '{partition.Name}' at {Hex.Address(partition.Offset)}, which is no multiple of 0x1000");
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
