using System.Globalization;
using System.Text.Json;
using NanoFormer.Data.Preparation;
using NanoFormer.Files;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>
/// Writes recordings in Edge Impulse's data acquisition format: a file for every run of one label, in the folders <c>training</c> and
/// <c>testing</c> where the recordings are split, and <c>info.labels</c> with labels, parts and subjects.
/// </summary>
public static class AcquisitionWriter
{
    private const string DeviceType = "NANOFORMER";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the files; returns how many.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="recordings">The recordings.</param>
    /// <param name="key">The project's HMAC key, to sign with; null to leave the files unsigned.</param>
    public static int Write(string folder, IReadOnlyList<Recording> recordings, string? key)
    {
        var entries = new List<LabelEntry>();
        foreach (var recording in recordings)
        {
            foreach (var run in LabelRun.Of(recording.Labels ?? UnlabelledSamples(recording)))
            {
                var entry = Entry(recording, run, entries.Count + 1);
                string path = Path.Combine(folder, entry.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                AtomicFile.WriteAllBytes(path, FileOf(recording, run, key));
                entries.Add(entry);
            }
        }

        Directory.CreateDirectory(folder);
        string labels = JsonSerializer.Serialize(new LabelFile(1, [.. entries]), Indented);
        AtomicFile.WriteAllText(Path.Combine(folder, LabelFile.FileName), labels + "\n");
        return entries.Count;
    }

    private static int[] UnlabelledSamples(Recording recording) => [.. Enumerable.Repeat(Recording.Unlabelled, recording.SampleCount)];

    private static LabelEntry Entry(Recording recording, LabelRun run, int number)
    {
        string? label = run.Label == Recording.Unlabelled ? null : recording.ClassNames[run.Label];
        string category = recording.Split switch { DatasetSplit.Train => "training", DatasetSplit.Test => "testing", _ => "split" };
        string name = string.Create(CultureInfo.InvariantCulture,
            $"{FileNames.Safe(label ?? "unlabeled")}.{FileNames.Safe(recording.Name)}.{number:D5}.json");
        return new LabelEntry(
            category == "split" ? name : $"{category}/{name}",
            category,
            label is null ? new LabelValue("unlabeled", null) : new LabelValue("label", label),
            new Dictionary<string, string>
            {
                [AcquisitionLabel.SubjectKey] = recording.Subject,
                [AcquisitionLabel.SourceKey] = recording.SourceOrName,
                [AcquisitionLabel.RecordingKey] = recording.Name,
                [AcquisitionLabel.StartKey] = run.Begin.ToString(CultureInfo.InvariantCulture),
            });
    }

    private static byte[] FileOf(Recording recording, LabelRun run, string? key)
    {
        int width = recording.Channels.Count;
        var file = new AcquisitionFile(
            new AcquisitionProtection("v1", key is null ? "none" : "HS256"),
            AcquisitionSignature.Empty,
            new AcquisitionPayload(
                DeviceType,
                1000 / recording.RateHz,
                [.. recording.Channels.Select(channel => new AcquisitionSensor(channel.Name, channel.Unit))],
                [.. Enumerable.Range(run.Begin, run.End - run.Begin).Select(i => JsonSerializer.SerializeToElement(
                    recording.Channels.Select((channel, c) => recording.Samples[(i * width) + c] * channel.Scale)))]));
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(file);
        return key is null ? bytes : AcquisitionSignature.Sign(bytes, key);
    }
}
