using System.Text;
using System.Text.RegularExpressions;
using NanoFormer.Board;
using NanoFormer.Logs;
using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Tests.Reading;

namespace NanoFormer.Monitor.Tests.Live;

public sealed class LiveTests
{
    [Fact]
    public void A_device_shows_what_its_records_say()
    {
        var live = Read(CaseLog.Session(30, " dev=A1") + CaseLog.Line("nf1 wake seq=32 t_ms=90000 cause=motion latency_us=5000")
            + CaseLog.Line("nf1 gap seq=33 t_ms=90100 cause=overflow lost=40 ms=400")
            + CaseLog.Line("nf1 sleep seq=34 t_ms=90200 run_ms=1000 capture_ms=9000 sleep_ms=80000"));

        var view = Assert.Single(live.Devices);
        var totals = view.Totals();
        Assert.Equal(("A1", DevicePhase.Asleep, 35, 0), (view.Name, view.Phase, view.Records, view.Lost));
        Assert.Equal([("SITTING", 20L), ("WALKING", 10L)], totals.Labels.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(((1L, 40L, 400L), (1000L, 9000L, 80000L, 0L)), (totals.Gaps, totals.Times));
        Assert.Equal(20, view.Spans.Count);
        Assert.Equal(("SITTING", 228), (view.Latest!.Value.Label, view.Latest.Value.Confidence));
    }

    [Theory]
    [InlineData("state=cleared priority=notice", "notice", false)]
    [InlineData("state=raised priority=warning", "warning", true)]
    [InlineData("state=raised priority=alarm", "alarm", true)]
    [InlineData("state=cleared priority=none", null, false)]
    [InlineData("state=raised priority=\u001b[2J", null, false)]
    [InlineData("state=raised", "alarm", true)]
    [InlineData("state=cleared", null, false)]
    public void A_device_shows_the_priority_in_force(string fields, string? priority, bool isAlarmed)
    {
        var live = Read(CaseLog.Session(3) + CaseLog.Line($"nf1 alarm seq=5 t_ms=90000 {fields} label=WALKING score=90 threshold=80"));

        var view = Assert.Single(live.Devices);
        Assert.Equal((priority, isAlarmed), (view.Priority, view.IsAlarmed));
    }

    [Fact]
    public void An_alarm_is_in_force_through_deep_sleeps_until_the_device_clears_it()
    {
        var live = Read(CaseLog.Session(3) + Alarm(5, 90_000, "raised", "warning") + Wakes(6, 690_000) + CaseLog.Infer(8, 692_000));
        Assert.Equal("warning", Assert.Single(live.Devices).Priority);

        live = Read(CaseLog.Session(3) + Alarm(5, 90_000, "raised", "warning") + Wakes(6, 690_000) + Alarm(8, 692_000, "raised", "warning")
            + Wakes(9, 1_290_000) + Alarm(11, 1_292_000, "raised", "alarm") + Wakes(12, 1_890_000) + Alarm(14, 1_892_000, "cleared", "none"));
        Assert.Null(Assert.Single(live.Devices).Priority);
        Assert.Equal([5 + 1L, 11 + 1L], live.Findings.Select(entry => entry.Finding.Line)); // said again is not raised again

        static string Wakes(int seq, long time) => CaseLog.Head(seq, time)
            + CaseLog.Line($"nf1 boot seq={seq + 1} t_ms={time} reset=deep_sleep sensor_id=68 sensor=genuine self_test=skipped slept_ms=590000");
    }

    [Theory]
    [InlineData("head")]
    [InlineData("boot")] // when the head was torn
    [InlineData("infer")] // when both were
    public void After_a_reboot_no_alarm_is_in_force_until_the_device_says_so(string first)
    {
        string again = CaseLog.Session(3);
        string before = CaseLog.Session(30) + Alarm(32, 90_000, "raised", "alarm");
        var live = Read(before + again[again.IndexOf($"nf1 {first}", StringComparison.Ordinal)..]);

        var view = Assert.Single(live.Devices);
        Assert.Equal((2, null), (view.Device.Boots.Count, view.Priority));

        live = Read(before + again + Alarm(5, 90_000, "raised", "alarm"));
        Assert.Equal("alarm", Assert.Single(live.Devices).Priority);
        Assert.Equal(2, live.Findings.Count(entry => entry.Finding.Kind == FindingKind.Alarm));
    }

    [Fact]
    public void The_recorded_hour_at_a_machine_tells_of_its_fault_once_at_each_priority()
    {
        var live = Read(File.ReadAllText(Path.Combine(Repository(), "tests", "host", "NanoFormer.Firmware.Tests", "Golden", "industrial-hour.log")));

        Assert.Equal("alarm", Assert.Single(live.Devices).Priority);
        Assert.Equal(["warning", "alarm"], live.Findings.Select(entry => entry.Finding.Text.Split("priority is ")[1].Split(',')[0]));
    }

    [Theory]
    [InlineData("cleared", "notice", 0)]
    [InlineData("raised", "warning", 1)]
    [InlineData("raised", "alarm", 1)]
    public void A_machine_that_calls_for_somebody_is_a_finding(string state, string priority, int expected)
    {
        var live = Read(CaseLog.Session(3, " dev=A1") + Alarm(5, 90_000, state, priority));

        Assert.Equal(expected, live.Findings.Count);
        Assert.All(live.Findings, entry =>
        {
            Assert.Equal((FindingKind.Alarm, FindingWeight.Error), (entry.Finding.Kind, entry.Finding.Weight));
            Assert.Equal($"A1: the machine's priority is {priority}, by a score of 153 where 64 is a warning", entry.Finding.Text);
            Assert.Contains("Look at the machine", entry.Finding.Remedy, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_charge_is_that_of_the_boards_currents_over_the_devices_times()
    {
        var live = Read(CaseLog.Session(3) + CaseLog.Line("nf1 sleep seq=5 t_ms=90200 run_ms=3600000 capture_ms=3600000 sleep_ms=3600000 deep_ms=3600000"));
        var board = PowerFigures.Shipped.Board("stm32l4r5");

        var power = PowerEstimate.Of(live.Devices[0].Totals(), board)!;

        // By hand: 195.1 and 30 uA/MHz at 120 MHz, 1.2 uA twice; the sensor 3.8 mA twice, 20 uA twice; an hour each.
        double charge = 23.412 + 3.6 + (2 * 0.0012) + (2 * 3.8) + (2 * 0.020);
        Assert.Equal(charge, power.MilliampHours, 3);
        Assert.Equal(charge / 4, power.Milliamps, 3);
        Assert.Equal(200 / (charge / 4) / 24, power.BatteryDays, 3);
    }

    [Fact]
    public void A_log_appended_twice_counts_once()
    {
        var live = Read(Encoding.Latin1.GetString(CaseLog.Bytes("appended_twice")));

        Assert.Equal(781, Assert.Single(live.Devices).Totals().Samples);
    }

    [Fact]
    public void Another_model_than_the_image_is_named()
    {
        var live = new LiveSession(null, new OneModel("F5FCDA9E"));
        var other = new LiveSession(null, new OneModel("00000001"));
        Feed(live, CaseLog.Session(3));
        Feed(other, CaseLog.Session(3));

        Assert.Empty(live.Findings);
        Assert.Equal(FindingKind.OtherModel, Assert.Single(other.Findings).Finding.Kind);
    }

    [Fact]
    public void Every_error_of_the_log_format_has_a_remedy()
    {
        string text = File.ReadAllText(Path.Combine(Repository(), "firmware", "LOG-FORMAT.md"));
        string section = text[text.IndexOf("\n## error", StringComparison.Ordinal)..text.IndexOf("\n## sleep", StringComparison.Ordinal)];
        string[] codes = Regex.Matches(section, @"^\| `([a-z_]+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Where(code => code != "code").Distinct().ToArray();

        Assert.True(codes.Length >= 12);
        Assert.All(codes, code => Assert.Contains(ErrorRemedies.All, entry => entry.Code == code));
        Assert.All(ErrorRemedies.All, entry => Assert.EndsWith(".", entry.Remedy, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("overflow")]
    [InlineData("misaligned")]
    [InlineData("nack")]
    [InlineData("stalled")]
    [InlineData("frozen")]
    public void Every_cause_of_a_gap_has_a_remedy(string cause)
    {
        string format = File.ReadAllText(Path.Combine(Repository(), "firmware", "LOG-FORMAT.md"));
        Assert.Contains($"`{cause}`:", format, StringComparison.Ordinal);

        var live = Read(CaseLog.Session(3) + CaseLog.Line($"nf1 gap seq=5 t_ms=90000 cause={cause} lost=40 ms=400"));

        var finding = Assert.Single(live.Findings).Finding;
        Assert.Equal((FindingKind.Gap, FindingWeight.Warning), (finding.Kind, finding.Weight));
        Assert.Contains($"40 samples are missing in 0.4 s, {cause}", finding.Text, StringComparison.Ordinal);
        Assert.Equal(ErrorRemedies.All.Single(entry => entry.Code == "gap" && entry.Detail == cause).Remedy, finding.Remedy);
    }

    /// <summary>Whoever has two faults must read of both.</summary>
    [Fact]
    public void Errors_are_grouped_by_what_to_do_about_them()
    {
        var live = Read(CaseLog.Session(3)
            + CaseLog.Line("nf1 error seq=5 t_ms=90000 code=nack detail=burst value=1")
            + CaseLog.Line("nf1 error seq=6 t_ms=90001 code=stuck_interrupt detail=polling_every_ms value=1000")
            + CaseLog.Line("nf1 error seq=7 t_ms=90002 code=nack detail=burst value=3"));

        Assert.Equal([("nack burst 1", 2L), ("stuck_interrupt polling_every_ms 1000", 1L)],
            live.Groups.Select(group => (group.First.Text.Split(": ")[1], group.Count)));
    }

    [Fact]
    public void An_error_record_is_a_finding_with_its_remedy()
    {
        var live = Read(CaseLog.Session(3) + CaseLog.Line("nf1 error seq=5 t_ms=90000 code=stuck_interrupt detail=polling_every_ms value=1000"));

        var finding = Assert.Single(live.Findings).Finding;
        Assert.Equal(FindingWeight.Error, finding.Weight);
        Assert.Contains("stuck high", finding.Text, StringComparison.Ordinal);
        Assert.Contains("INT", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label=WALKING", true)]
    [InlineData("label = 'WALKING' and conf > 200", true)]
    [InlineData("conf>228", false)]
    [InlineData("conf>=228 and conf<=228", true)]
    [InlineData("label=FALL or conf!=1", true)]
    [InlineData("label=FALL and conf=228 or kind=infer and device=A1", true)]
    [InlineData("score>200", null)]
    [InlineData("score>200 or label=WALKING", true)]
    [InlineData("score>200 and label=FALL", false)]
    public void Conditions_hold_or_not_or_do_not_apply(string condition, bool? expected)
    {
        Assert.True(LogRecord.TryParse("nf1 infer seq=4 t_ms=9 label=WALKING conf=228 "u8, 1, out var record));

        Assert.Equal(expected, Condition.Parse(condition).Holds(record, "A1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("label")]
    [InlineData("label==")]
    [InlineData("a=b and")]
    [InlineData("a=b; rm")]
    public void What_is_no_condition_is_refused(string condition) => Assert.Throws<FormatException>(() => Condition.Parse(condition));

    [Fact]
    public void An_alert_runs_its_command_once_a_time_and_gives_it_the_record()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command is a shell's");
        string file = Path.GetTempFileName();
        var alerts = new Alerts(Condition.Parse("label=A;B or score>200"), $"printf '%s %s\\n' \"$NF_LABEL\" \"$NF_SCORE\" >> '{file}'", _ => { });
        var reader = new SessionReader(alerts);

        reader.Feed(CaseLog.Ascii(CaseLog.Session(3) + CaseLog.Infer(5, 70_000, "$(id)", 9, " score=201") + CaseLog.Infer(6, 71_000, "$(id)", 9, " score=202")));
        reader.End();

        Assert.Equal(1, alerts.Raised);
        Assert.Equal("$(id) 201\n", File.ReadAllText(file));
        File.Delete(file);
    }

    internal static string Repository([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", ".."));

    private static string Alarm(long seq, long time, string state, string priority) =>
        CaseLog.Line($"nf1 alarm seq={seq} t_ms={time} state={state} priority={priority} label=WALKING score=153 threshold=64 learnt=0");

    private static LiveSession Read(string text)
    {
        var live = new LiveSession(PowerFigures.Shipped.Board("stm32l4r5"));
        Feed(live, text);
        return live;
    }

    private static void Feed(LiveSession live, string text)
    {
        var reader = new SessionReader(live);
        reader.Feed(CaseLog.Ascii(text));
        reader.End();
    }

    private sealed class OneModel(string crc) : IModelCatalog
    {
        public ModelCheck? Check(string model, string actual) => new(actual != crc, actual == crc ? "the image" : $"CRC {actual}, but {crc}");
    }
}
