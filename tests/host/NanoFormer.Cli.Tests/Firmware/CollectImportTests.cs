using System.Globalization;
using System.Text;
using System.Text.Json;
using NanoFormer.Board;
using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Data;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>From the device's sensor over its serial port to a data set.</summary>
public sealed class CollectImportTests
{
    private const double FlipProbability = 2e-4; // as the fault serial-noise

    private static readonly Lazy<CollectedDay> Day = new(() => new CollectedDay());

    [Fact]
    public void Imported_samples_are_those_of_the_windows_that_the_model_got()
    {
        using var folder = new TemporaryFolder();
        Send(folder.PathOf("device.log"), flipProbability: 0);
        CommandLine.Succeed("data", "import", folder.PathOf("device.log"), "--out", folder.PathOf("out"));
        var recordings = PackedDataset.Open(folder.PathOf("out")).ReadRecordings();

        Assert.True(recordings.Count > 1); // the stall ends the first
        Assert.All(recordings, recording => Assert.Equal(("ada", "WALK"), (recording.Subject, Assert.Single(recording.ClassNames))));
        Assert.Equal(Day.Value.Model.ChannelNames, recordings[0].Channels.Select(channel => channel.Name));
        Assert.True(Day.Value.Windows.Count > 30);
        Assert.Equal(Day.Value.Windows, recordings.SelectMany(WindowsOf));
    }

    [Fact]
    public void Of_a_noisy_line_the_torn_records_are_named_and_counted_and_nothing_else_is_lost()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("device.log");
        LogLine[] torn = [.. Send(path, FlipProbability).Select(line => LogLine.Parse(line)!)];
        Assert.Contains(torn, record => record.Kind == "samples");

        var refused = CommandLine.Run("data", "import", path, "--out", folder.PathOf("out"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"bad_row: {torn.Length} refused; repair: --bad-rows drop", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("device.log, line ", refused.Errors, StringComparison.Ordinal);

        var report = CommandLine.Succeed(
            "data", "import", path, "--out", folder.PathOf("out"), "--bad-rows", "drop", "--json").Json;
        Assert.Equal(torn.Length, CountOf(report, "bad_row"));
        Assert.Equal(torn.Sum(record => ValuesOf(record).Length) / Day.Value.Model.ChannelCount, CountOf(report, "lost_samples"));
        Assert.Equal(
            Day.Value.Lines.Select(line => LogLine.Parse(line)!)
                .ExceptBy(torn.Select(record => record.Text("seq")), record => record.Text("seq"))
                .SelectMany(ValuesOf),
            PackedDataset.Open(folder.PathOf("out")).ReadRecordings().SelectMany(recording => recording.Samples));
    }

    [Fact]
    public void Another_label_than_the_logs_is_refused_unless_it_is_to_replace_that()
    {
        using var folder = new TemporaryFolder();
        string log = folder.PathOf("device.log");
        string[] import = ["data", "import", log, "--out", folder.PathOf("out"), "--label", "RUN", "--subject", "ada"];
        Send(log, flipProbability: 0);

        var refused = CommandLine.Run(import);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("repair: --logged-names replace", refused.Errors, StringComparison.Ordinal);
        CommandLine.Succeed([.. import, "--logged-names", "replace"]);

        Assert.All(PackedDataset.Open(folder.PathOf("out")).ReadRecordings(),
            recording => Assert.Equal(("ada", "RUN"), (recording.Subject, Assert.Single(recording.ClassNames))));
    }

    /// <summary>Sends the log over a serial line into a file; gives the lines of which a character was changed on the way.</summary>
    private static List<string> Send(string path, double flipProbability)
    {
        var arrived = new List<byte>();
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock, flipProbability: flipProbability);
        port.ByteReceived += arrived.Add;
        var torn = new List<string>();
        foreach (string line in Day.Value.Lines)
        {
            int start = arrived.Count;
            port.Write(Encoding.ASCII.GetBytes(line + "\r\n"));
            port.Flush();
            if (!arrived.Skip(start).Take(line.Length).SequenceEqual(Encoding.ASCII.GetBytes(line)))
            {
                torn.Add(line);
            }
        }

        File.WriteAllBytes(path, [.. arrived]);
        return torn;
    }

    private static IEnumerable<short[]> WindowsOf(Recording recording)
    {
        (int length, int hop) = (Day.Value.Model.WindowSamples, Day.Value.Model.HopSamples);
        int channels = recording.Channels.Count;
        for (int at = 0; at + length <= recording.SampleCount; at += hop)
        {
            yield return recording.Samples[(at * channels)..((at + length) * channels)];
        }
    }

    private static short[] ValuesOf(LogLine record) =>
        [.. (record.Text("v") ?? "").Chunk(4).Select(digits => short.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    private static int CountOf(JsonElement report, string kind) =>
        report.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("kind").GetString() == kind)
            .Sum(finding => finding.GetProperty("count").GetInt32());
}
