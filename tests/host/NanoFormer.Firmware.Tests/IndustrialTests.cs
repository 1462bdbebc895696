using System.Numerics;
using NanoFormer.Board;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Industrial;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class IndustrialTests
{
    private const int BurstMilliseconds = 7000;

    [Fact]
    public void The_log_of_an_hour_with_a_failing_bearing_is_as_recorded()
    {
        using var device = Watched(seconds: 3500);
        GoldenLog.Check("industrial-hour.log", device.Log.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bursts_follow_the_timer_and_hold_the_asked_number_of_windows(bool deep)
    {
        using var device = Watched(seconds: 3500, new IndustrialSettings { DeepSleep = deep, DetectFrozenSensor = false });

        var wakes = device.Log.Of("wake").ToArray();
        Assert.Equal(["boot", "timer", "timer", "timer", "timer", "timer"], wakes.Select(w => w.Text("cause")));
        Assert.Equal(6 * 4, device.Log.Of("infer").Count());
        Assert.All(wakes.Zip(wakes.Skip(1), (a, b) => b.Number("t_ms", 0) - a.Number("t_ms", 0)),
            interval => Assert.InRange(interval, 599_000, 601_000));
        Assert.Empty(device.Log.Of("error"));
    }

    [Fact]
    public void Time_and_log_go_on_over_a_deep_sleep()
    {
        using var device = Watched(seconds: 3500);

        Assert.All(device.Log.Of("boot").Skip(1), b =>
        {
            Assert.Equal("deep_sleep", b.Text("reset"));
            Assert.Equal("skipped", b.Text("self_test"));
            Assert.InRange(b.Number("slept_ms", 0), 600_000 - BurstMilliseconds, 600_000);
        });
        var records = device.Log.Records.ToArray();
        Assert.All(Enumerable.Range(0, records.Length), i => Assert.Equal(i, records[i].Number("seq", -1)));
        Assert.All(records.Zip(records.Skip(1)), pair => Assert.True(pair.First.Number("t_ms", 0) <= pair.Second.Number("t_ms", 0)));
        // A device clock that forgot its sleeps would be an hour behind.
        long end = device.Board.Clock.Microseconds / 1000;
        Assert.InRange(records[^1].Number("t_ms", 0), end - 600_000, end);
    }

    [Fact]
    public void The_ledger_accounts_for_all_the_time_and_knows_the_deep_sleeps()
    {
        using var device = Watched(seconds: 3500);

        var records = device.Log.Of("sleep").ToArray();
        string[] states = ["run_ms", "capture_ms", "sleep_ms", "deep_ms"];
        long booked = records.Sum(r => states.Sum(s => r.Number(s, 0)));
        long last = records[^1].Number("t_ms", 0);
        Assert.InRange(booked, last - 50, last);
        long deep = records.Sum(r => r.Number("deep_ms", 0));
        // The board's own book has one sleep more: the one after the last record.
        long board = device.Board.Power.Microseconds(McuState.DeepSleep) / 1000;
        Assert.InRange(deep, board - 600_000, board);
        Assert.True(deep > 0.98 * last - 600_000);
    }

    [Fact]
    public void A_sensor_that_lost_its_power_in_a_deep_sleep_is_a_start_from_scratch()
    {
        using var device = Watched(seconds: 1100, faults: new FaultPlan { Unplugged = [new(300, 301)] });

        var boots = device.Log.Of("boot").ToArray();
        Assert.Equal(["start", "start"], boots.Select(b => b.Text("reset")));
        Assert.All(boots, b => Assert.Equal("ok", b.Text("self_test")));
        Assert.Equal(8, device.Log.Of("infer").Count());
    }

    [Fact]
    public void An_interrupt_pin_that_is_stuck_high_does_not_shorten_the_sleep()
    {
        using var device = Watched(
            seconds: 1300, new IndustrialSettings { DeepSleep = false, DetectFrozenSensor = false }, new FaultPlan { InterruptStuckHigh = [new(0, 1e6)] });

        Assert.Equal(3, device.Log.Of("wake").Count());
    }

    [Theory]
    [InlineData(true, new[] { "warning", "warning", "alarm", "alarm", "none" })] // in force when it wakes, and so said again
    [InlineData(false, new[] { "warning", "alarm", "none" })]
    public void A_warning_of_two_bursts_is_an_alarm_until_the_fault_is_gone(bool deep, string[] priorities)
    {
        using var device = Watched(seconds: 4100, new IndustrialSettings { DeepSleep = deep, DetectFrozenSensor = false }, faultEnds: 2900);

        var alarms = device.Log.Of("alarm").ToArray();
        Assert.Equal(priorities, alarms.Select(a => a.Text("priority")));
        Assert.Equal([1, 2, 3], alarms.DistinctBy(a => a.Text("priority")).Select(a => (a.Number("t_ms", 0) - 1_200_000) / 600_000));
    }

    [Fact]
    public void What_is_usual_outlives_the_deep_sleeps_and_decides_once_it_is_learnt()
    {
        var store = new MemoryStore();
        using var device = Watched(seconds: 3500, Learning(), store: store);

        var alarms = device.Log.Of("alarm").ToArray();
        var history = new ScoreHistory();
        Assert.Null(history.Read(store.Bytes!, FakeEngine.Model("acc_x", "g").Crc32));
        Assert.Equal(6, store.Writes);
        Assert.Equal("raised", alarms[0].Text("state"));
        Assert.Equal("warning", alarms[0].Text("priority"));
        Assert.InRange(alarms[0].Number("learnt", 0), 12, 13); // the bursts before the fault, and its first window
        Assert.NotEqual(FakeEngine.AlarmThreshold + 128, alarms[0].Number("threshold", 0));
        Assert.Contains(device.Log.Of("infer"), r => r.Number("rarity", 0) >= 8);
        Assert.Empty(device.Log.Of("error"));
    }

    [Fact]
    public void What_is_usual_is_written_after_as_many_windows_as_the_rules_say()
    {
        var store = new MemoryStore();
        var settings = Learning();
        (settings.DeepSleep, settings.Alarm.WindowsBetweenWrites) = (false, 8);
        using var device = Watched(seconds: 3500, settings, store: store);

        Assert.Equal(24, device.Log.Of("infer").Count());
        Assert.Equal(3, store.Writes);
    }

    [Theory]
    [InlineData(false, "damaged")]
    [InlineData(true, "not_read")]
    public void A_store_that_cannot_be_used_is_named_and_the_machine_is_watched_all_the_same(bool isBroken, string fault)
    {
        using var device = Watched(seconds: 100, Learning(), store: new MemoryStore { Bytes = new byte[3], IsBroken = isBroken });

        var errors = device.Log.Of("error").ToArray();
        Assert.Equal(isBroken ? [fault, "not_written"] : [fault], errors.Select(e => e.Text("detail")));
        Assert.All(errors, e => Assert.Equal("score_history", e.Text("code")));
        Assert.Equal(4, device.Log.Of("infer").Count());
    }

    private static IndustrialSettings Learning() => new()
    {
        DetectFrozenSensor = false,
        Alarm = { LearningWindows = 8, WarningRarity = 8, NoticeRarity = 4 },
    };

    // A machine that vibrates along x all the time, and along z from the half hour on.
    private static BoardDevice Watched(
        double seconds, IndustrialSettings? settings = null, FaultPlan? faults = null, MemoryStore? store = null, double faultEnds = double.PositiveInfinity)
    {
        var device = new BoardDevice(faults: faults)
        {
            Store = store,
            Shake = t => new Vector3(Swing(0.1, 5, t), 0, t >= 1800 && t < faultEnds ? Swing(0.6, 3, t) : 0),
        };
        var engine = device.Engine(scored: true);
        var stop = () => { };
        device.Board.Clock.Schedule((long)(seconds * 1e6), () => stop());
        bool goesOn = true;
        while (goesOn)
        {
            using var transformer = new Transformer(engine);
            var application = new IndustrialApplication(device.Access, transformer, settings ?? new() { DetectFrozenSensor = false });
            stop = application.Stop;
            Assert.True(application.Run(0));
            goesOn = application.HasPoweredDown && device.Board.Clock.Seconds < seconds;
        }

        return device;
    }
    private static float Swing(double g, double hertz, double t) => (float)(g * Math.Sin(2 * Math.PI * hertz * t));
}
