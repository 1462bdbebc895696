using NanoFormer.Runtime;

namespace NanoFormer.Flash.Tests;

public class BootWatchTests
{
    private const string Head =
        "head seq=0 t_ms=100 schema=1 fw=nanoformer-wearable/0.1.0 model=some-model model_crc=3185DE72 image=40960 arena=4096";
    private const string Boot = "boot seq=1 t_ms=100 reset=start sensor_id=68 sensor=genuine self_test=ok";

    [Fact]
    public void A_start_is_found_behind_boot_text_and_torn_lines()
    {
        BootReport report = Verify("rst:0x1 (POWERON_RESET),boot:0x13", Record(Head)[..40], $"\0xx{Record(Head)}", Record(Boot));

        Assert.Equal(new BootReport("nanoformer-wearable/0.1.0", "some-model", "3185DE72", "ok", "genuine"), report);
    }

    [Fact]
    public void Silence_is_an_error_that_says_what_came()
    {
        string repeatedHead = Head.Replace("seq=0", "seq=51", StringComparison.Ordinal);

        FlashException refused = Refused(Record(Boot), "noise", Record(repeatedHead), Record(Boot));

        Assert.Equal(FlashError.NoBootLine, refused.Error);
        Assert.Contains("4 lines, 3 of them records", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_an_error()
    {
        FlashException refused = Refused(Record(Head.Replace("3185DE72", "DEADBEEF", StringComparison.Ordinal)), Record(Boot));

        Assert.Equal(FlashError.WrongModel, refused.Error);
        Assert.Contains("DEADBEEF", refused.Message, StringComparison.Ordinal);
        Assert.Contains("3185DE72", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_self_test_is_an_error()
    {
        FlashException refused = Refused(Record(Head), Record(Boot.Replace("=ok", "=SELF_TEST_FAILED", StringComparison.Ordinal)));

        Assert.Equal(FlashError.StartFailed, refused.Error);
        Assert.Contains("SELF_TEST_FAILED", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_could_not_be_opened_is_an_error()
    {
        FlashException refused = Refused(
            Record("head seq=0 t_ms=90 schema=1 fw=nanoformer-wearable/0.1.0 model=none"),
            Record("error seq=1 t_ms=90 code=BAD_MAGIC detail=start"));

        Assert.Equal(FlashError.StartFailed, refused.Error);
        Assert.Contains("BAD_MAGIC", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_between_head_and_boot_that_the_firmware_survives_is_none() => Assert.Equal(
        "none",
        Verify(
            Record(Head),
            Record("error seq=1 t_ms=99 code=nack detail=identify"),
            Record("boot seq=2 t_ms=99 reset=start sensor=none self_test=skipped")).Sensor);

    private static BootReport Verify(params string[] lines) => FlashRun.Verify(FlashCase.Model, lines);

    private static FlashException Refused(params string[] lines) => Assert.Throws<FlashException>(() => Verify(lines));

    /// <summary>A line of the log, its checksum by the rule of firmware/LOG-FORMAT.md.</summary>
    private static string Record(string words)
    {
        string text = $"nf1 {words} ";
        int crc = 0xFFFF;
        foreach (char c in text)
        {
            crc ^= c << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : crc << 1;
            }
        }

        string line = $"{text}*{crc:X4}";
        Assert.NotNull(LogLine.Parse(line));
        return line;
    }
}
