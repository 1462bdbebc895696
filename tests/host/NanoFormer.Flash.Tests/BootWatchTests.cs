using NanoFormer.Interop;
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
        var report = Verify("rst:0x1 (POWERON_RESET),boot:0x13", Record(Head)[..40], $"\0xx{Record(Head)}", Record(Boot));

        Assert.Equal(new BootReport("nanoformer-wearable/0.1.0", "some-model", "3185DE72", "ok", "genuine", null, null, null), report with { Warnings = [] });
    }

    [Fact]
    public void Silence_is_an_error_that_says_what_came()
    {
        string repeatedHead = Head.Replace("seq=0", "seq=51", StringComparison.Ordinal);

        var refused = Refused(Record(Boot), "noise", Record(repeatedHead), Record(Boot));

        Assert.Equal(FlashError.NoBootLine, refused.Error);
        Assert.Contains("4 lines, 3 of them records", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_an_error()
    {
        var refused = Refused(Record(Head.Replace("3185DE72", "DEADBEEF", StringComparison.Ordinal)), Record(Boot));

        Assert.Equal(FlashError.WrongModel, refused.Error);
        Assert.Contains("DEADBEEF", refused.Message, StringComparison.Ordinal);
        Assert.Contains("3185DE72", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_self_test_is_an_error()
    {
        var refused = Refused(Record(Head), Record(Boot.Replace("=ok", "=SELF_TEST_FAILED", StringComparison.Ordinal)));

        Assert.Equal(FlashError.StartFailed, refused.Error);
        Assert.Contains("SELF_TEST_FAILED", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_could_not_be_opened_is_an_error()
    {
        var refused = Refused(
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

    [Fact]
    public void A_torn_head_is_told_from_none()
    {
        string torn = Record(Head).Replace("some-model", "some-mXdel", StringComparison.Ordinal);

        var refused = Refused(torn, Record(Boot));

        Assert.Equal(FlashError.TornHead, refused.Error);
        Assert.Contains("2 lines, 1 of them records", refused.Message, StringComparison.Ordinal);

        // The head is repeated; it belongs to the boot record that came before.
        Assert.Equal("some-model", Verify(torn, Record(Boot), Record(Head.Replace("seq=0", "seq=51", StringComparison.Ordinal))).Model);
        // Another start, with a head that is whole.
        Assert.Equal("some-model", Verify(torn, Record(Head), Record(Boot)).Model);
    }

    [Theory]
    [InlineData(new string[0], "silent")]
    [InlineData(new[] { "\u00ff\u00fe", "xx" }, "115200 baud")]
    public void Silence_and_noise_are_told_apart(string[] lines, string cause)
    {
        var refused = Refused(lines);

        Assert.Equal(FlashError.NoBootLine, refused.Error);
        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_before_the_last_step_is_not_that_of_what_was_written()
    {
        BoardLine[] lines = [new(Record(Head), Written - 5000), new(Record(Boot), Written - 5000), new(Record(Boot), Written + 10)];
        var refused = Assert.Throws<FlashException>(() => FlashRun.Verify(Plan(), Written, lines));
        Assert.Equal(FlashError.NoBootLine, refused.Error);
        Assert.Contains("before, nanoformer-wearable/0.1.0 ran on nanoCLR of unknown version", refused.Message, StringComparison.Ordinal);

        // The flasher's last act restarts the board: that start may come before the flasher has ended.
        BoardLine[] soon = [new(Record(Head), Written - 900), new(Record(Boot), Written - 800)];
        Assert.Equal("ok", FlashRun.Verify(Plan(), Written, soon).SelfTest);
    }

    [Fact]
    public void An_old_application_that_still_runs_is_an_error()
    {
        var plan = Plan("nanoformer-wearable/0.2.0");
        BoardLine[] lines = [new(Record(Head + " clr=1.12.0.97 engine=1.0.0"), Written), new(Record(Boot), Written)];

        var refused = Assert.Throws<FlashException>(() => FlashRun.Verify(plan, Written, lines));

        Assert.Equal(FlashError.OldApplication, refused.Error);
        Assert.Contains("runs nanoformer-wearable/0.1.0 (nanoCLR 1.12.0.97, engine 1.0.0)", refused.Message, StringComparison.Ordinal);
        Assert.Equal("ok", FlashRun.Verify(Plan("nanoformer-wearable/0.1.0"), Written, lines).SelfTest);
    }

    [Fact]
    public void An_old_firmware_that_still_runs_is_said()
    {
        string head = $"{Head} dev=A1 clr=1.12.0.97 engine={EngineVersion.Text}";
        BootReport After(string before, FlashPlan plan) => FlashRun.Verify(
            plan, Written, [new(Record(before), Written - 60_000), new(Record(head), Written), new(Record(Boot), Written)]);

        var report = After(head, Plan());
        Assert.Equal(("A1", "1.12.0.97", EngineVersion.Text), (report.Device, report.Clr, report.Engine));
        Assert.Contains("1.12.0.97 as it was before", Assert.Single(report.Warnings), StringComparison.Ordinal);

        Assert.Empty(After(head.Replace(".97", ".96", StringComparison.Ordinal), Plan()).Warnings);
        Assert.Empty(After(head, Plan() with { Firmware = null }).Warnings);
        Assert.Contains("no version", Assert.Single(Verify(Record(Head), Record(Boot)).Warnings), StringComparison.Ordinal);
        Assert.Contains(
            "version 0.0.1 of the engine",
            Assert.Single(Verify(Record($"{Head} clr=1.12.0.97 engine=0.0.1"), Record(Boot)).Warnings),
            StringComparison.Ordinal);
    }

    private const long Written = 1_000_000;

    private static FlashPlan Plan(string application = "") =>
        FlashCase.Plan(FlashCase.Request("ESP32_REV3") with
        {
            Application = new FlashFile("App.bin", [.. "NFMRK1\0\0"u8, .. System.Text.Encoding.ASCII.GetBytes(application + "\0")]),
        });

    private static BootReport Verify(params string[] lines) =>
        FlashRun.Verify(Plan(), Written, lines.Select(line => new BoardLine(line, Written)));

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
