using System.Globalization;
using System.Text;
using NanoFormer.Files;

namespace NanoFormer.Data.Storage;

/// <summary>
/// Writes recordings as CSV, one file each, with the columns <c>t</c> in seconds, one per channel in its unit, <c>label</c>, <c>subject</c>
/// and <c>source</c>.
/// </summary>
public static class CsvExport
{
    /// <summary>Writes the files; returns how many.</summary>
    public static int Write(string folder, IReadOnlyList<Recording> recordings)
    {
        Directory.CreateDirectory(folder);
        foreach (var (i, recording) in recordings.Index())
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:D5}-{FileNames.Safe(recording.Name)}.csv");
            AtomicFile.WriteAllText(Path.Combine(folder, name), Text(recording));
        }

        return recordings.Count;
    }

    private static string Text(Recording recording)
    {
        var text = new StringBuilder("t,").AppendJoin(',', recording.Channels.Select(channel => CsvText.Cell(channel.Name)))
            .Append(",label,subject,source\n");
        int width = recording.Channels.Count;
        for (int i = 0; i < recording.SampleCount; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i / recording.RateHz:0.#########}");
            for (int c = 0; c < width; c++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{recording.Samples[(i * width) + c] * recording.Channels[c].Scale:R}");
            }

            text.Append(',').Append(CsvText.Cell(LabelOf(recording, i))).Append(',').Append(CsvText.Cell(recording.Subject)).Append(',')
                .Append(CsvText.Cell(recording.SourceOrName)).Append('\n');
        }

        return text.ToString();
    }

    private static string LabelOf(Recording recording, int sample) =>
        recording.Labels is { } labels && labels[sample] != Recording.Unlabelled ? recording.ClassNames[labels[sample]] : "";
}
