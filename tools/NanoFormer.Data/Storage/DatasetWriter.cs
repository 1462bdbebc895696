using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Storage;

/// <summary>Writes data sets that <see cref="PackedDataset"/> reads; README.md describes both formats.</summary>
public static class DatasetWriter
{
    /// <summary>Makes an empty folder for a data set.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="replace">Whether a data set that is there already may be replaced.</param>
    /// <exception cref="DataException">
    /// <see cref="DataError.FolderNotEmpty"/>: the folder holds something that may not be replaced.
    /// </exception>
    public static void Prepare(string folder, bool replace)
    {
        var header = Path.Combine(folder, "header.json");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !(replace && File.Exists(header)))
        {
            throw new DataException(DataError.FolderNotEmpty,
                $"{folder} holds something already: name another folder, or replace a data set with --force.");
        }
        Directory.CreateDirectory(folder);
        File.Delete(header); // until it is written anew, last of all, there is no data set
        foreach (var file in Directory.GetFiles(folder, "*.gz"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes recordings of one rate, one set of channels and one list of classes.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: they differ, or there are none.</exception>
    public static void WriteRecordings(string folder, string name, IReadOnlyList<Recording> recordings)
    {
        RecordingKind.RequireSame(recordings);
        var writer = new PackedWriter(folder);
        writer.WriteInt16(StoredFormat.SignalKey, recordings.SelectMany(recording => recording.Samples).ToArray());
        var offset = 0;
        var stored = recordings.Select(recording =>
        {
            var entry = Store(recording, offset);
            offset += recording.SampleCount;
            return JsonSerializer.SerializeToNode(entry);
        });
        var first = recordings[0];
        writer.WriteHeader(StoredFormat.Recordings, name, first.RateHz, first.Channels, first.ClassNames,
            new JsonObject { ["recordings"] = new JsonArray([.. stored]) });
    }

    /// <summary>Writes windows in parts, such as <c>train</c> and <c>test</c>, each with the place every window was cut at.</summary>
    public static void WriteWindows(string folder, string name, IReadOnlyDictionary<string, CutWindows> parts)
    {
        var writer = new PackedWriter(folder);
        var rows = new StringBuilder("row,split,label,subject,recording,start\n");
        var row = 0;
        foreach (var (part, cut) in parts)
        {
            writer.WriteInt16(part, cut.Windows.Samples);
            for (int i = 0; i < cut.Windows.Count; i++)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{row++},{part},{cut.Windows.Labels[i]},")
                    .Append(CultureInfo.InvariantCulture, $"{CsvText.Quoted(cut.Windows.Subjects[i])},")
                    .Append(CultureInfo.InvariantCulture, $"{CsvText.Quoted(cut.Origins[i].Recording)},{cut.Origins[i].Start}\n");
            }
        }
        writer.WriteText(StoredFormat.RowsKey, "csv", rows.ToString());
        var windows = parts.Values.First().Windows;
        writer.WriteHeader(StoredFormat.Windows, name, windows.RateHz, windows.Channels, windows.ClassNames,
            new JsonObject { ["window_samples"] = windows.WindowSamples });
    }

    private static StoredRecording Store(Recording recording, int offset) => new(
        recording.Name,
        recording.Source.Length > 0 ? recording.Source : null,
        recording.Subject,
        recording.Split,
        offset,
        recording.SampleCount,
        recording.Labels is null ? null :
            [.. LabelRun.Of(recording.Labels).Where(run => run.Label != Recording.Unlabelled)
                .Select(run => new StoredSpan(recording.ClassNames[run.Label], run.Begin, run.End - run.Begin))]);
}
