using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NanoFormer.Data;

/// <summary>
/// Reads a signal file cut into experiments, and a label file with a line <c>experiment subject activity start end</c>
/// for each labelled segment (sample numbers from 1, both ends inclusive).
/// </summary>
internal static class PackedExperiments
{
    public static IReadOnlyList<Recording> Read(PackedFolder folder, JsonElement list)
    {
        var header = folder.Header;
        var experiments = folder.Parse<PackedExperiment[]>(list);
        var channels = folder.ChannelInfos();
        short[] samples = folder.ReadInt16("signal");
        var labels = experiments.ToDictionary(e => (e.Experiment, e.Subject), e => Unlabelled(e.Samples));
        ApplyLabels(folder, labels);
        return [.. experiments.Select(experiment => new Recording
        {
            Name = Invariant($"experiment-{experiment.Experiment}"),
            Subject = Invariant($"{experiment.Subject}"),
            Split = experiment.Split ?? "",
            RateHz = header.RateHz,
            Channels = channels,
            Samples = PackedRecordings.Slice(folder, "signal", samples, experiment.Offset, experiment.Samples, channels.Length),
            Labels = labels[(experiment.Experiment, experiment.Subject)],
            ClassNames = header.Labels.Names,
        })];
    }

    private static void ApplyLabels(PackedFolder folder, Dictionary<(int Experiment, int Subject), int[]> labels)
    {
        string[] lines = Encoding.UTF8.GetString(folder.ReadBytes("labels")).Split('\n');
        foreach (var (index, line) in lines.Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            int[] numbers = fields.Select(f => int.TryParse(f, CultureInfo.InvariantCulture, out int n) ? n : int.MinValue).ToArray();
            if (!TryApply(folder.Header, labels, numbers))
            {
                throw new DataException(DataError.BadField,
                    $"{folder.PathOf("labels")}, line {index + 1}: '{line.Trim()}' is not a segment of a known experiment and activity.");
            }
        }
    }

    private static bool TryApply(PackedHeader header, Dictionary<(int, int), int[]> labels, int[] line)
    {
        if (line is not [var experiment, var subject, var activity, var start, var end]
            || !labels.TryGetValue((experiment, subject), out int[]? target)
            || !header.Labels.IndexOfNumber.TryGetValue(activity, out int label)
            || start < 1 || start > end || end > target.Length)
        {
            return false;
        }

        Array.Fill(target, label, start - 1, end - start + 1);
        return true;
    }

    private static int[] Unlabelled(int count)
    {
        int[] labels = new int[count];
        Array.Fill(labels, Recording.Unlabelled);
        return labels;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
