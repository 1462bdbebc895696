using NanoFormer.Board;
using NanoFormer.Data;
using NanoFormer.Data.Import;

namespace NanoFormer.Cli.Demo;

/// <summary>What the simulated sensor is exposed to: a generated wearer, a packed recording of a person, or a CSV file.</summary>
internal static class DemoMotion
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>
    /// A CSV file has a header line, a time column <c>t</c> in seconds, <c>acc_x acc_y acc_z</c> in g, <c>gyro_x gyro_y gyro_z</c> in rad/s
    /// and, if it likes, <c>label</c>.
    /// </summary>
    private static readonly CsvSourceOptions Csv = new()
    {
        TimeColumn = "t",
        LabelColumn = "label",
        Channels =
        [
            .. "xyz".Select(axis => new SourceChannel($"acc_{axis}", "g", 1.0 / 8192)),
            .. "xyz".Select(axis => new SourceChannel($"gyro_{axis}", "rad/s", 1.0 / 2048)),
        ],
    };

    /// <summary>Opens what the options name.</summary>
    /// <exception cref="CommandFailure">The recording cannot be replayed.</exception>
    public static IMotionSource Open(DemoOptions options)
    {
        if (options.Subject is not null && options.CollectPath is null && !Directory.Exists(options.Recording))
        {
            throw new CommandFailure("NO_SUBJECTS", "Only the recordings of a packed data set have subjects.");
        }

        if (options.Recording is not { } path)
        {
            return new SyntheticWearer(options.Seed);
        }

        return Directory.Exists(path) ? OpenPacked(path, options.Subject) : ToSource(Path.GetFileName(path), ReadCsv(path));
    }

    private static RecordingSource OpenPacked(string folder, string? subject)
    {
        var dataset = PackedDataset.Open(folder);
        if (dataset.HasWindows)
        {
            throw new CommandFailure("NO_RECORDINGS", $"'{dataset.Name}' holds windows, not recordings that can be replayed.");
        }

        var recordings = dataset.ReadRecordings();
        // A model has mostly been trained on the others.
        subject ??= (recordings.FirstOrDefault(recording => recording.Split == "test") ?? recordings[0]).Subject;
        var chosen = recordings.Where(recording => recording.Subject == subject).ToArray();
        return chosen.Length > 0
            ? ToSource($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}, subject {subject}{SplitOf(chosen[0])}", chosen)
            : throw new CommandFailure("NO_SUBJECT", $"'{dataset.Name}' has no subject '{subject}'.");
    }

    private static string SplitOf(Recording recording) => recording.Split.Length == 0 ? "" : $" ({recording.Split} part)";

    private static IReadOnlyList<Recording> ReadCsv(string path)
    {
        using var reader = new StreamReader(path);
        bool labelled = reader.ReadLine()?.Split(',').Any(name => name.Trim(' ', '"') == Csv.LabelColumn) ?? false;
        return CsvRecordings.Read(path, labelled ? Csv : Csv with { LabelColumn = null });
    }

    /// <summary>One recording after the other, as if the device were worn through all of them.</summary>
    private static RecordingSource ToSource(string name, IReadOnlyList<Recording> recordings)
    {
        if (recordings.Any(r => r.RateHz != recordings[0].RateHz || !HasSixAxes(r)))
        {
            throw new CommandFailure("WRONG_CHANNELS", $"{name}: a replay needs six channels, three of acceleration and three of rotation, at one rate.");
        }

        float[][] samples = recordings.SelectMany(Physical).ToArray();
        string?[]? labels = recordings.All(r => r.Labels is null) ? null : recordings.SelectMany(Labels).ToArray();
        return new RecordingSource(name, samples, recordings[0].RateHz, labels);
    }

    private static bool HasSixAxes(Recording recording) =>
        recording.Channels.Count == 6
        && recording.Channels.Take(3).All(channel => channel.Unit is "g" or "m/s2" or "m/s^2")
        && recording.Channels.Skip(3).All(channel => channel.Unit is "rad/s" or "deg/s");

    private static IEnumerable<float[]> Physical(Recording recording)
    {
        double[] factors = recording.Channels.Select(channel => channel.Scale * ToBoardUnits(channel)).ToArray();
        return Enumerable.Range(0, recording.SampleCount).Select(i =>
            factors.Select((factor, c) => (float)(recording.Samples[(i * factors.Length) + c] * factor)).ToArray());
    }

    private static double ToBoardUnits(ChannelInfo channel) => channel.Unit switch
    {
        "g" or "deg/s" => 1,
        "rad/s" => DegreesPerRadian,
        "m/s2" or "m/s^2" => 1 / 9.80665,
        _ => throw new CommandFailure("WRONG_UNIT", $"Channel {channel.Name} is in '{channel.Unit}', not in g, m/s2, rad/s or deg/s."),
    };

    private static IEnumerable<string?> Labels(Recording recording) =>
        Enumerable.Range(0, recording.SampleCount).Select(i => recording.Labels is { } labels && labels[i] != Recording.Unlabelled
            ? recording.ClassNames[labels[i]]
            : null);
}
