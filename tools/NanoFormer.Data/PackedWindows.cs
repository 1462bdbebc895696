using System.Globalization;
using CsvHelper;

namespace NanoFormer.Data;

/// <summary>Reads window files and their <c>rows.csv.gz</c> (columns <c>split</c>, <c>label</c>, <c>subject</c>).</summary>
internal static class PackedWindows
{
    public static WindowSet Read(PackedFolder folder, string split)
    {
        var header = folder.Header;
        var channels = folder.ChannelInfos();
        short[] samples = folder.ReadInt16(split);
        var rows = ReadRows(folder).Where(row => row.Split == split).ToArray();
        if (samples.Length != (long)rows.Length * header.WindowSamples * channels.Length)
        {
            throw new DataException(DataError.WrongLength,
                $"{folder.PathOf(split)}: {samples.Length} values are not {rows.Length} windows of "
                + $"{header.WindowSamples} x {channels.Length}.");
        }

        return new WindowSet
        {
            WindowSamples = header.WindowSamples,
            RateHz = header.RateHz,
            Channels = channels,
            ClassNames = header.Labels.Names,
            Samples = samples,
            Labels = [.. rows.Select(row => row.Label)],
            Subjects = [.. rows.Select(row => row.Subject)],
        };
    }

    private static List<Row> ReadRows(PackedFolder folder)
    {
        string path = folder.PathOf("rows");
        using var text = new StreamReader(new MemoryStream(folder.ReadBytes("rows")));
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        try
        {
            var rows = new List<Row>();
            csv.Read();
            csv.ReadHeader();
            while (csv.Read())
            {
                rows.Add(new Row(csv.GetField<string>("split")!, LabelOf(folder, csv, path), csv.GetField<string>("subject")!));
            }

            return rows;
        }
        catch (CsvHelperException fault)
        {
            throw new DataException(DataError.BadField, $"{path}, line {csv.Parser.Row}: {fault.Message.Split('\n')[0].Trim()}", fault);
        }
    }

    private static int LabelOf(PackedFolder folder, CsvReader csv, string path)
    {
        int number = csv.GetField<int>("label");
        return folder.Header.Labels.IndexOfNumber.TryGetValue(number, out int index)
            ? index
            : throw new DataException(DataError.BadField,
                $"{path}, line {csv.Parser.Row}, column label: no class has the number {number}.");
    }

    private readonly record struct Row(string Split, int Label, string Subject);
}
