using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Import;

/// <summary>A log whose checksums another program computed: boot text, a lost line, and a recording that breaks off.</summary>
public sealed class CollectLogTests
{
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
        var lines = Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 3; i < lines.Length; i++)
        {
            var damaged = lines.ToArray();
            damaged[i] = damaged[i].Replace('0', '1');
            var text = string.Join('\n', damaged);

            Assert.Contains(Import(text).Findings, f => f is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Refused });
            Assert.DoesNotContain(
                Import(text, new RepairOptions { DropBadRows = true }).Findings,
                f => f is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Refused });
        }
    }

    [Fact]
    public void A_log_without_recordings_is_refused() =>
        Assert.Equal(FindingKind.NoSamples, Assert.Single(Import("boot\n").Findings).Kind);

    private static ImportResult Import(string text, RepairOptions? repairs = null)
    {
        var log = new FindingLog();
        repairs ??= new RepairOptions();
        return RecordingImport.Run(CollectLog.Read(new StringReader(text), "collect.log", repairs, log), repairs, log);
    }
}
