using System.Text.Json;
using NanoFormer.Data.Storage;

namespace NanoFormer.Data;

/// <summary>Reads the recordings of a packed data set, whichever of the known layouts it has.</summary>
internal static class PackedRecordings
{
    public static IReadOnlyList<Recording> Read(PackedFolder folder)
    {
        var header = folder.Header;
        return header switch
        {
            { Format: StoredFormat.Recordings } => StoredRecordings.Read(folder),
            { Recordings: JsonElement list } => PackedLabelledSpans.ReadRecordings(folder, list),
            { Runs: JsonElement list } => PackedLabelledSpans.ReadRuns(folder, list),
            { Experiments: JsonElement list } when header.HasFiles("signal", "labels") => PackedExperiments.Read(folder, list),
            { Experiments: JsonElement list } when header.HasFiles("values", "flags") => PackedFlaggedValues.Read(folder, list),
            _ => throw folder.Unsupported(
                "recordings are read as 'recordings' or 'runs' of one label each, or as 'experiments' with either "
                + "the files 'signal' and 'labels' or the files 'values' and 'flags'"),
        };
    }

    /// <summary>The values of one span of a file, <c>[count][width]</c>.</summary>
    /// <exception cref="DataException"><see cref="DataError.WrongLength"/>: the span lies outside the file.</exception>
    public static T[] Slice<T>(PackedFolder folder, string key, T[] values, int offset, int count, int width)
    {
        long begin = (long)offset * width;
        long end = begin + (long)count * width;
        return begin >= 0 && begin <= end && end <= values.Length
            ? values[(int)begin..(int)end]
            : throw new DataException(DataError.WrongLength,
                FormattableString.Invariant($"{folder.PathOf(key)}: {count} samples from {offset} on lie outside the file."));
    }
}
