using System.Text;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Import;

/// <summary>A log whose checksums another program computed: boot text, a lost line, and a recording that breaks off.</summary>
public sealed class CollectLogTests
{
    private const int BeginningAt = 2;
    private const int EndAt = 6;

    private static readonly RepairOptions Drop = new() { DropBadRows = true };

    private static readonly string Log = File.ReadAllText(GoldenFile.PathOf("collect.log"));

    [Fact]
    public void Recordings_come_with_the_devices_own_steps()
    {
        var result = Import(Log);

        Assert.Equal([[1, -2, 3, -4, 32767, -32768], [5, 6], [9, 9]], result.Recordings.Select(r => r.Samples));
        Assert.Equal(["collect.log/1#1", "collect.log/1#2", "collect.log/2#1"], result.Recordings.Select(r => r.Name));
        Assert.All(result.Recordings, r => Assert.Equal(("eve", 50.0), (r.Subject, r.RateHz)));
        Assert.Equal(new ChannelInfo("acc_x", "g", 1.0 / 8192), result.Recordings[0].Channels[0]);
        Assert.Equal(1 / 65.5 * Math.PI / 180, result.Recordings[0].Channels[1].Scale, 9);
        Assert.Equal([0, 0, 0], result.Recordings[0].Labels!);
        Assert.Null(result.Recordings[2].Labels!);
    }

    [Fact]
    public void Lost_samples_are_counted()
    {
        var lost = Assert.Single(Import(Log).Findings);

        Assert.Equal((FindingKind.LostSamples, FindingOutcome.Noted, 2), (lost.Kind, lost.Outcome, lost.Count));
    }

    [Fact]
    public void Any_damaged_line_is_refused_or_left_out_and_counted()
    {
        string[] lines = Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 3; i < lines.Length; i++)
        {
            string[] damaged = lines.ToArray();
            damaged[i] = damaged[i].Replace('0', '1');
            string text = string.Join('\n', damaged);

            Assert.Contains(Import(text).Findings, f => f is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Refused });
            Assert.DoesNotContain(
                Import(text, Drop).Findings,
                f => f is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Refused });
        }
    }

    [Fact]
    public void A_torn_beginning_or_end_costs_no_sample()
    {
        foreach (int line in new[] { BeginningAt, EndAt })
        {
            var result = Import(Damaged(line, 'e', 'f'), Drop);

            Assert.Equal([[1, -2, 3, -4, 32767, -32768], [5, 6], [9, 9]], result.Recordings.Select(r => r.Samples));
            Assert.All(result.Recordings, r => Assert.Equal("eve", r.Subject));
            Assert.Equal(1, Assert.Single(result.Findings, f => f.Kind == FindingKind.BadRow).Count);
        }
    }

    [Fact]
    public void A_torn_tag_is_counted_by_the_checksum_that_follows()
    {
        var result = Import(Damaged(BeginningAt + 1, 'n', 'o'), Drop);

        var bad = Assert.Single(result.Findings, f => f.Kind == FindingKind.BadRow);
        Assert.Equal("collect.log, line 4: the end of a record whose beginning is missing", Assert.Single(bad.Examples));
        Assert.Equal([[32767, -32768], [5, 6], [9, 9]], result.Recordings.Select(r => r.Samples));
    }

    [Fact]
    public void Two_records_without_a_line_end_between_them_are_both_read()
    {
        string joined = Log.Replace("\nnf1 samples", "nf1 samples", StringComparison.Ordinal);

        Assert.Equal(Import(Log).Recordings.Select(r => r.Samples), Import(joined).Recordings.Select(r => r.Samples));
    }

    [Fact]
    public void A_boot_ends_a_recording_and_what_has_neither_beginning_nor_end_is_told()
    {
        // Checksums by Python: binascii.crc_hqx(line, 0xFFFF).
        var result = Import(
            Log + "nf1 boot seq=1 t_ms=100 reset=start *9744\n"
            + "nf1 samples seq=9 t_ms=200 rec=8 first=1 v=00070007 *DE34\n",
            Drop);

        Assert.Equal([9, 9], result.Recordings[^1].Samples);
        Assert.StartsWith("collect.log, line 11: samples of a recording of which neither",
            Assert.Single(Assert.Single(result.Findings, f => f.Kind == FindingKind.BadRow).Examples), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_the_log_lacks_are_taken_from_the_user()
    {
        var unnamed = Import(Log, label: "WALK", subject: "eve");

        Assert.Equal(["WALK"], unnamed.Recordings[2].ClassNames);
        Assert.Equal([0], unnamed.Recordings[2].Labels!);
        Assert.All(unnamed.Recordings, r => Assert.Equal(("eve", "WALK"), (r.Subject, Assert.Single(r.ClassNames))));
        Assert.DoesNotContain(unnamed.Findings, f => f.Kind == FindingKind.OtherName);
    }

    [Fact]
    public void A_log_that_names_something_else_is_refused_unless_it_is_to_be_replaced()
    {
        var refused = Import(Log, label: "RUN", subject: "ann");
        var replaced = Import(Log, new RepairOptions { ReplaceLoggedNames = true }, "RUN", "ann");

        Assert.True(refused.IsRefused);
        var finding = Assert.Single(refused.Findings, f => f.Kind == FindingKind.OtherName);
        Assert.Equal((FindingOutcome.Refused, 3), (finding.Outcome, finding.Count)); // a label, and a subject in each recording
        Assert.Equal("collect.log, recording 7: its label is 'WALK', not 'RUN'", finding.Examples[0]);
        Assert.False(replaced.IsRefused);
        Assert.All(replaced.Recordings, r => Assert.Equal(("ann", "RUN"), (r.Subject, Assert.Single(r.ClassNames))));
    }

    [Fact]
    public void A_log_without_recordings_is_refused() =>
        Assert.Equal(FindingKind.NoSamples, Assert.Single(Import("boot\n").Findings).Kind);

    [Theory]
    [InlineData("plain")]
    [InlineData("wrap80")]
    [InlineData("xon")]
    [InlineData("debug")]
    [InlineData("chunkstamp")]
    [InlineData("rom")]
    [InlineData("torn_end")]
    [InlineData("appended_twice")]
    public void Whatever_a_terminal_does_to_a_log_its_samples_are_read_once(string name)
    {
        var result = Import(ReadCase(name));

        Assert.False(result.IsRefused);
        Assert.Equal(781, result.Recordings.Sum(recording => recording.SampleCount));
        Assert.Equal(Import(ReadCase("plain")).Recordings.Select(r => r.Samples), result.Recordings.Select(r => r.Samples));
    }

    [Fact]
    public void A_reboot_loses_nothing_of_either_boot() =>
        Assert.Equal([256, 330, 451], Import(ReadCase("reboot")).Recordings.Select(recording => recording.SampleCount));

    [Theory]
    [InlineData("min_swap")]
    [InlineData("cat_same_rec")]
    [InlineData("twodev_mix")]
    public void Two_people_are_not_joined_into_one_recording(string name)
    {
        var refused = Import(ReadCase(name));
        var left = Import(ReadCase(name), Drop);

        Assert.True(refused.IsRefused);
        Assert.Contains(refused.Findings, f => f is { Kind: FindingKind.Contradiction, Outcome: FindingOutcome.Refused });
        Assert.All(left.Recordings, r => Assert.Equal((451, "bob"), (r.SampleCount, r.Subject))); // whole in cat_same_rec
    }

    [Fact]
    public void A_recording_in_two_files_is_read_once()
    {
        var log = new FindingLog();
        var logs = new CollectLog(Drop, log);

        var first = logs.Read(new MemoryStream(Encoding.Latin1.GetBytes(ReadCase("plain"))), "one.log");
        logs.Read(new MemoryStream(Encoding.Latin1.GetBytes(ReadCase("reboot"))), "two.log");

        Assert.Equal(2, first.Count);
        Assert.Equal(2, Assert.Single(log.All, finding => finding.Kind == FindingKind.Duplicate).Count);
    }

    /// <summary>A case of the monitor's tests, which hold the logs.</summary>
    private static string ReadCase(string name) => File.ReadAllText(
        Path.Combine(GoldenFile.PathOf(".."), "..", "NanoFormer.Monitor.Tests", "Cases", name + ".log"), Encoding.Latin1);

    private static string Damaged(int line, char from, char to)
    {
        string[] lines = Log.Split('\n');
        int at = lines[line].IndexOf(from, StringComparison.Ordinal);
        lines[line] = lines[line][..at] + to + lines[line][(at + 1)..];
        return string.Join('\n', lines);
    }

    private static ImportResult Import(string text, RepairOptions? repairs = null, string? label = null, string? subject = null)
    {
        var log = new FindingLog();
        repairs ??= new RepairOptions();
        var sources = new CollectLog(repairs, log, label, subject).Read(new MemoryStream(Encoding.Latin1.GetBytes(text)), "collect.log");
        return RecordingImport.Run(sources, repairs, log);
    }
}
