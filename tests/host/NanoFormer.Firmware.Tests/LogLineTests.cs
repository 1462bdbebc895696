using CsCheck;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class LogLineTests
{
    // Its checksum was computed with Python: binascii.crc_hqx(b"...", 0xFFFF).
    private const string Line = "nf1 error seq=7 t_ms=1234 code=nack detail=read *A685";

    [Fact]
    public void A_line_gives_its_kind_and_fields()
    {
        var record = LogLine.Parse(Line);
        Assert.NotNull(record);
        Assert.Equal("error", record.Kind);
        Assert.Equal("read", record.Text("detail"));
        Assert.Equal(1234, record.Number("t_ms", -1));
        Assert.Null(record.Text("cod"));
        Assert.Equal(-1, record.Number("code", -1));
    }

    [Theory]
    [InlineData("rst:0x1 (POWERON),boot:0x13 nf1 ", "\r")]
    [InlineData("nf1 infer seq=6 t_ms=12", "\r\n")]
    [InlineData("\0\u00FFnf1", "")]
    public void What_surrounds_a_line_is_skipped(string before, string after) =>
        Assert.Equal(7, LogLine.Parse(before + Line + after)!.Number("seq", -1));

    [Fact]
    public void Any_changed_character_is_noticed()
    {
        var position = Gen.Int[0, Line.Length - 1];
        Gen.Select(position, Gen.Char[' ', '~']).Where(p => Line[p.Item1] != p.Item2).Sample((at, c) =>
            Assert.Null(LogLine.Parse(Line[..at] + c + Line[(at + 1)..])));
    }

    [Fact]
    public void Any_cut_is_noticed() => Gen.Int[0, Line.Length - 1].Sample(length => Assert.Null(LogLine.Parse(Line[..length])));

    [Fact]
    public void No_text_breaks_the_reader() => Gen.String.Sample(text =>
    {
        _ = LogLine.Parse(text);
        _ = LogLine.Parse("nf1 " + text + "*0000");
    });

    [Fact]
    public void What_is_written_is_read_back_and_never_holds_a_space() =>
        Gen.Select(Gen.String[Gen.Char[' ', '~'], 0, 20], Gen.Long).Sample((text, number) =>
        {
            var lines = new LineList();
            new InferenceLog(lines, new FakeClock(), "test", 50).Error(text, "detail", number);
            var record = lines.Records.Last();
            Assert.Equal(text.Length == 0 ? "_" : string.Concat(text.Select(c => " *=".Contains(c) ? '_' : c)), record.Text("code"));
            Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), record.Text("value"));
        });

    [Fact]
    public void A_head_names_the_device_when_it_has_an_id_and_the_versions_it_runs_on()
    {
        var wearer = new Wearer();
        wearer.Settings.DeviceId = "A1 of=us";
        wearer.Run(1);

        Assert.Equal("A1_of_us", wearer.Log.Records.First().Text("dev"));
        Assert.Equal($"net{Environment.Version.Major}.{Environment.Version.Minor}", wearer.Log.Records.First().Text("clr"));
        Assert.Equal(EngineVersion.Text, wearer.Log.Records.First().Text("engine"));
    }

    [Fact]
    public void A_device_may_run_for_longer_than_32_bits_of_milliseconds()
    {
        var lines = new LineList();
        var clock = new FakeClock();
        clock.Advance(((1L << 32) + 5) * 1000 + 999);
        new InferenceLog(lines, clock, "test", 50).Error("nack", "read", 0);
        Assert.Equal("4294967301", lines.Records.Last().Text("t_ms"));
    }
}
