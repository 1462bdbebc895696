using System.Text;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Tests.Reading;

/// <summary>The shared case files, each with what is right for it.</summary>
public sealed class CaseTests
{
    private static readonly Transcript Plain = Transcript.Of(CaseLog.Bytes("plain"));

    [Fact]
    public void A_plain_log_has_one_device_one_boot_and_nothing_found()
    {
        Assert.Equal(110, Plain.Records.Count);
        Assert.Empty(Plain.Findings);
        var device = Assert.Single(Plain.Reader.Devices);
        Assert.Equal(("nanoformer-wearable/0.1.0", "wearable-har", "F5FCDA9E"), (device.Firmware, device.Model, device.ModelCrc));
        Assert.Equal(0, Assert.Single(device.Boots).Lost);
        string[] expected = Encoding.ASCII.GetString(CaseLog.Bytes("plain")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Select(line => line[..^6]), Plain.Texts);
    }

    [Theory]
    [InlineData("xon")]
    [InlineData("chunkstamp")]
    [InlineData("debug")]
    public void Foreign_bytes_and_text_are_taken_out(string name)
    {
        var read = Transcript.Of(CaseLog.Bytes(name));

        Assert.Equal(Plain.Texts, read.Texts);
        Assert.Equal(0, read.Count(FindingKind.Torn) + read.Count(FindingKind.Lost));
        Assert.True(read.Count(FindingKind.Cleaned) > 0);
    }

    [Fact]
    public void Wrapped_lines_are_rejoined()
    {
        var read = Transcript.Of(CaseLog.Bytes("wrap80"));

        Assert.Equal(Plain.Texts, read.Texts);
        Assert.Equal(Plain.Texts.Count(text => text.Length + " *0000".Length > 80), read.Count(FindingKind.Rejoined));
        Assert.Equal(0, read.Count(FindingKind.Torn));
    }

    [Fact]
    public void A_torn_end_is_told_and_the_rest_kept()
    {
        var read = Transcript.Of(CaseLog.Bytes("torn_end"));

        Assert.Equal(Plain.Texts.SkipLast(1), read.Texts);
        Assert.Equal(FindingKind.TornEdge, Assert.Single(read.Findings).Kind);
    }

    [Fact]
    public void Boot_text_of_the_chip_is_passed_over()
    {
        var read = Transcript.Of(CaseLog.Bytes("rom"));

        Assert.Equal(Plain.Texts, read.Texts);
        Assert.DoesNotContain(read.Findings, finding => finding.Kind is FindingKind.Torn or FindingKind.Lost or FindingKind.Cut);
    }

    [Fact]
    public void A_reboot_begins_another_boot()
    {
        var read = Transcript.Of(CaseLog.Bytes("reboot"));

        Assert.Equal(2, Assert.Single(read.Reader.Devices).Boots.Count);
        Assert.Equal(1, read.Count(FindingKind.Reboot));
        Assert.Equal(0, read.Count(FindingKind.Lost));
    }

    [Fact]
    public void A_log_appended_twice_is_known_for_it()
    {
        var read = Transcript.Of(CaseLog.Bytes("appended_twice"));

        var boots = Assert.Single(read.Reader.Devices).Boots;
        Assert.Equal([110, 110], boots.Select(boot => boot.Records));
        Assert.Equal(110, Assert.Single(read.Findings, finding => finding.Kind == FindingKind.Repeated).Count);
        Assert.Single(boots, boot => boot.RepeatOf is not null);
    }

    [Fact]
    public void Two_devices_that_nothing_tells_apart_are_named_so()
    {
        var read = Transcript.Of(CaseLog.Bytes("twodev_mix"));

        Assert.Equal(220, read.Records.Count);
        Assert.Equal(2, read.Reader.Devices.Count);
        Assert.True(read.Reader.Devices.SelectMany(device => device.Boots).All(boot => boot.IsEntangled));
        Assert.Single(read.Findings, finding => finding.Kind == FindingKind.Entangled);
    }

    [Fact]
    public void Numbers_missing_in_a_swapped_log_are_counted() =>
        Assert.Equal(40, Transcript.Of(CaseLog.Bytes("min_swap")).Count(FindingKind.Lost));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_length_of_the_pieces_in_which_bytes_come_does_not_matter(int chunk)
    {
        foreach (string? name in new[] { "plain", "rom", "wrap80", "debug", "xon", "chunkstamp", "torn_end", "twodev_mix" })
        {
            byte[] bytes = CaseLog.Bytes(name);
            var whole = Transcript.Of(bytes);
            var pieces = Transcript.Of(bytes, chunk);

            Assert.Equal(whole.Records.Select(record => (record.Text, record.Line)), pieces.Records.Select(record => (record.Text, record.Line)));
            Assert.Equal(whole.Findings.Select(finding => finding.Text), pieces.Findings.Select(finding => finding.Text));
        }
    }
}
