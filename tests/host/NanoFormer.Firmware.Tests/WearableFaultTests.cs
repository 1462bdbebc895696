using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests;

public class WearableFaultTests
{
    [Fact]
    public void An_unplugged_sensor_gives_errors_then_a_gap_of_the_right_length_and_windows_go_on()
    {
        var wearer = new Wearer { Sensor = { Unplugged = { (65_000_000, 72_000_000) } } };
        wearer.Move(60, 90);
        wearer.Run(1);

        var gap = Assert.Single(wearer.Log.Of("gap"));
        Assert.Equal("nack", gap.Text("cause"));
        // At most one read interval before it and one pause after it were lost as well.
        Assert.InRange(gap.Number("ms", 0), 7000, 12_000);
        Assert.InRange(gap.Number("lost", 0), gap.Number("ms", 0) / 10 - 2, (gap.Number("ms", 0) / 10) + 2);
        Assert.Contains(wearer.Log.Of("error"), e => e.Text("code") == "nack");
        Assert.Contains(wearer.Log.Of("error"), e => e.Text("code") == "sensor_lost" && e.Text("detail") == "nack");
        AssertNoWindowSpans(wearer, gap);
        Assert.Contains(wearer.Log.Of("infer"), r => r.Number("t0_ms", 0) > 72_000 && r.Text("label") == "MOVING");
    }

    [Fact]
    public void A_sensor_that_lost_its_power_between_two_reads_is_set_up_again()
    {
        var wearer = new Wearer();
        wearer.Move(60, 90);
        long readsBefore = 0L;
        wearer.Log.OnLine = record =>
        {
            if (record.Kind == "infer" && readsBefore++ == 2)
            {
                wearer.Sensor.Write(0x6B, 0x80);
            }
        };
        wearer.Run(1);

        var gap = Assert.Single(wearer.Log.Of("gap"));
        Assert.Equal("stalled", gap.Text("cause"));
        // Three polls without a sample, and what it takes to set the sensor up.
        Assert.InRange(gap.Number("ms", 0), 840, 1700);
        AssertNoWindowSpans(wearer, gap);
        Assert.Contains(wearer.Log.Of("infer"), r => r.Number("seq", 0) > gap.Number("seq", 0));
    }

    [Fact]
    public void A_short_bus_fault_costs_an_error_line_but_no_sample()
    {
        var wearer = new Wearer { Sensor = { BusFaults = { (64_000_000, 64_460_000) } } };
        wearer.Move(60, 75);
        wearer.Run(1);

        Assert.Empty(wearer.Log.Of("gap"));
        var error = Assert.Single(wearer.Log.Of("error"));
        Assert.Equal("nack", error.Text("code"));
        Assert.Equal("burst", error.Text("detail"));
    }

    [Fact]
    public void A_burst_that_breaks_off_is_a_gap_for_bytes_may_be_gone()
    {
        var wearer = new Wearer { Sensor = { BurstsToFail = 7, BurstFailure = BusResult.Broken } };
        wearer.Move(60, 75);
        wearer.Run(1);

        var gap = Assert.Single(wearer.Log.Of("gap"));
        Assert.Equal("nack", gap.Text("cause"));
        Assert.InRange(gap.Number("ms", 0), 90, 500); // the bursts of that poll that had not come yet
    }

    [Fact]
    public void A_burst_without_acknowledge_costs_an_error_line_but_no_sample()
    {
        var wearer = new Wearer { Sensor = { BurstsToFail = 7, FailedBursts = 2 } };
        wearer.Move(60, 75);
        wearer.Run(1);

        Assert.Empty(wearer.Log.Of("gap"));
        var error = Assert.Single(wearer.Log.Of("error"));
        Assert.Equal("nack", error.Text("code"));
        Assert.Equal("burst", error.Text("detail"));
        Assert.Equal(2, error.Number("value", 0));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    public void A_misaligned_fifo_is_emptied_and_logged(int lostBytes)
    {
        var wearer = new Wearer();
        wearer.Move(60, 75);
        wearer.Log.OnLine = record =>
        {
            if (record.Kind == "infer" && record.Number("t0_ms", 0) < 60_200)
            {
                wearer.Sensor.DropBytes = lostBytes;
            }
        };
        wearer.Run(1);

        var gap = Assert.Single(wearer.Log.Of("gap"));
        Assert.Equal("misaligned", gap.Text("cause"));
        Assert.InRange(gap.Number("ms", 0), 420, 500);
        AssertNoWindowSpans(wearer, gap);
        // Had it not been emptied, bytes would have changed places and the still axis would move.
        Assert.All(wearer.Engine.Windows, w => Assert.All(w.Where((_, i) => i % 6 == 2), z => Assert.Equal(8192, z)));
    }

    [Fact]
    public void A_fifo_misaligned_again_and_again_sets_the_sensor_up_and_no_time_is_told_twice()
    {
        var wearer = new Wearer();
        wearer.Move(60, 75);
        int gapsToMake = 3;
        wearer.Log.OnLine = record =>
        {
            if (gapsToMake > 0 && ((record.Kind == "infer" && record.Number("t0_ms", 0) > 61_000) || record.Kind == "gap"))
            {
                wearer.Sensor.DropBytes = 5;
                gapsToMake--;
            }
        };
        wearer.Run(1);

        LogLine[] gaps = [.. wearer.Log.Of("gap")];
        Assert.Equal(4, gaps.Length);
        Assert.All(gaps, gap => Assert.Equal("misaligned", gap.Text("cause")));
        Assert.Contains(wearer.Log.Of("error"), error => error.Text("code") == "sensor_reset");
        for (int i = 1; i < gaps.Length; i++)
        {
            Assert.InRange(gaps[i].Number("t0_ms", 0), gaps[i - 1].Number("t0_ms", 0) + gaps[i - 1].Number("ms", 0), long.MaxValue);
        }
    }

    [Fact]
    public void A_late_reader_finds_an_overflow_and_tells_how_much_is_missing()
    {
        var wearer = new Wearer();
        wearer.Move(60, 75);
        wearer.Engine.RunStatus = () =>
        {
            wearer.Clock.Advance(wearer.Engine.Windows.Count == 3 ? 1_500_000 : 0);
            return 0;
        };
        wearer.Run(1);

        var gap = Assert.Single(wearer.Log.Of("gap"));
        Assert.Equal("overflow", gap.Text("cause"));
        Assert.InRange(gap.Number("ms", 0), 1500, 1700);
        Assert.InRange(gap.Number("lost", 0), 150, 170);
        AssertNoWindowSpans(wearer, gap);
        Assert.All(wearer.Engine.Windows, w => Assert.All(w.Where((_, i) => i % 6 == 2), z => Assert.Equal(8192, z)));
    }

    [Fact]
    public void A_sensor_lost_in_sleep_is_found_again_and_watches_again()
    {
        var wearer = new Wearer { Settings = { TimerWakeMilliseconds = 60_000 } };
        wearer.Sensor.Unplugged.Add((30_000_000, 70_000_000));
        wearer.Move(100, 106);
        wearer.Run(2);

        Assert.Contains(wearer.Log.Of("error"), e => e.Text("code") == "nack" && e.Text("detail") == "read_wake");
        Assert.Contains(wearer.Log.Of("error"), e => e.Text("code") == "sensor_lost");
        // Nobody watched meanwhile, so it looks first.
        Assert.Equal(["reset", "motion"], wearer.Log.Of("wake").Select(wake => wake.Text("cause")));
        Assert.Contains(wearer.Log.Of("infer"), r => r.Text("label") == "MOVING");
    }

    [Fact]
    public void A_sensor_whose_power_dips_in_sleep_is_set_to_watch_again_within_a_minute_and_nothing_is_learnt()
    {
        var wearer = new Wearer();
        wearer.Power.OnSleep = () =>
        {
            if (wearer.Clock.Microseconds < 60_000_000)
            {
                wearer.Sensor.Write(0x6B, 0x80);
            }
        };
        wearer.Move(200, 210);
        wearer.Run(2);

        var reset = Assert.Single(wearer.Log.Of("error"), e => e.Text("code") == "sensor_reset");
        Assert.Equal("power_lost", reset.Text("detail"));
        Assert.InRange(reset.Number("t_ms", 0), 1, 61_000);
        var wakes = wearer.Log.Of("wake").ToArray();
        Assert.Equal(["reset", "motion"], wakes.Select(wake => wake.Text("cause")));
        Assert.Equal(wakes[0].Number("threshold", 0), wakes[1].Number("threshold", -1));
        Assert.InRange(wakes[1].Number("t_ms", 0), 200_000, 201_000);
    }

    [Fact]
    public void A_pin_stuck_high_is_found_out_and_motion_still_wakes()
    {
        var wearer = new Wearer { Power = { StuckHigh = true } };
        wearer.Log.OnLine = record =>
        {
            if (record.Text("code") == "stuck_interrupt")
            {
                wearer.Sensor.MotionFlag = true;
            }
        };
        wearer.Run(1);

        Assert.Equal(3, wearer.Log.Of("error").Count(e => e.Text("code") == "wake_without_motion"));
        Assert.Single(wearer.Log.Of("error"), e => e.Text("code") == "stuck_interrupt");
        Assert.Equal("poll", Assert.Single(wearer.Log.Of("wake")).Text("cause"));
    }

    [Fact]
    public void A_pin_that_never_rises_is_found_out_by_the_timer()
    {
        var wearer = new Wearer { Power = { StuckLow = true }, Settings = { TimerWakeMilliseconds = 30_000 } };
        wearer.Move(10, 16);
        wearer.Run(2);

        Assert.Single(wearer.Log.Of("error"), e => e.Text("code") == "silent_interrupt");
        Assert.Equal(["poll", "timer"], wearer.Log.Of("wake").Select(w => w.Text("cause")));
    }

    [Fact]
    public void Wakes_without_motion_raise_the_threshold_and_unnoticed_motion_lowers_it()
    {
        var wearer = new Wearer { Settings = { TimerWakeMilliseconds = 600_000 } };
        foreach (int second in (int[])[60, 120, 180])
        {
            wearer.Power.Motions.Enqueue(second * 1_000_000L); // the flag, but nothing moves
        }

        wearer.Motions.Add((700_000_000, 820_000_000)); // motion, but no flag
        wearer.Run(4);

        Assert.Equal([20, 20, 20, 31], wearer.Log.Of("wake").Select(w => w.Number("threshold", 0)));
        var learnt = wearer.Log.Of("error").Select(e => (e.Text("code"), e.Number("value", 0)));
        Assert.Equal([("false_wakes", 31L), ("missed_motion", 23L)], learnt);
    }

    [Theory]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    public void A_clone_is_accepted_and_named(byte identity)
    {
        var wearer = new Wearer { Sensor = { Identity = identity } };
        wearer.Move(60, 66);
        wearer.Run(1);

        var boot = Assert.Single(wearer.Log.Of("boot"));
        Assert.Equal("clone", boot.Text("sensor"));
        Assert.Equal(identity.ToString("X2"), boot.Text("sensor_id"));
        Assert.Equal("MOVING", wearer.Log.Of("infer").First().Text("label"));
    }

    [Fact]
    public void Another_chip_at_the_address_is_refused_by_name_until_the_right_one_answers()
    {
        var wearer = new Wearer { Sensor = { Identity = 0xD1 } };
        wearer.Log.OnLine = record =>
        {
            if (record.Number("value", 0) == 4000)
            {
                wearer.Sensor.Identity = 0x68;
            }
        };
        wearer.Move(60, 66);
        wearer.Run(1);

        var boot = Assert.Single(wearer.Log.Of("boot"));
        Assert.Equal("unknown", boot.Text("sensor"));
        Assert.Equal("D1", boot.Text("sensor_id"));
        Assert.Equal([500, 1000, 2000, 4000], wearer.Log.Of("error").Select(e => e.Number("value", 0)));
        Assert.All(wearer.Log.Of("error"), e => Assert.Equal("unknown_chip", e.Text("detail")));
        Assert.True(wearer.Log.Of("infer").Any());
    }

    [Fact]
    public void A_missing_sensor_does_not_keep_the_loop_from_stopping()
    {
        var wearer = new Wearer { Sensor = { Unplugged = { (0, long.MaxValue) } } };
        using var transformer = new Transformer(wearer.Engine);
        var application = wearer.Application(transformer);
        int lost = 0;
        wearer.Log.OnLine = record =>
        {
            if (record.Text("code") == "sensor_lost" && ++lost == 12)
            {
                application.Stop();
            }
        };

        application.Run(0);
        Assert.Equal("none", Assert.Single(wearer.Log.Of("boot")).Text("sensor"));
        Assert.Equal(60_000, wearer.Log.Of("error").Max(e => e.Number("value", 0)));
    }

    [Fact]
    public void An_error_of_the_engine_is_logged_by_name_and_the_next_window_runs()
    {
        var wearer = new Wearer();
        wearer.Move(60, 75);
        wearer.Engine.RunStatus = () => wearer.Engine.Windows.Count == 2 ? EngineStatus.WrongShape : 0;
        wearer.Run(1);

        var error = Assert.Single(wearer.Log.Of("error"));
        Assert.Equal("WRONG_SHAPE", error.Text("code"));
        Assert.True(wearer.Log.Of("infer").Count() > 5);
    }

    [Fact]
    public void A_model_that_fails_its_self_test_is_not_used()
    {
        var wearer = new Wearer { Engine = { SelfTestStatus = EngineStatus.SelfTestFailed } };

        Assert.False(wearer.Run(1));
        Assert.Equal("SELF_TEST_FAILED", Assert.Single(wearer.Log.Of("error")).Text("code"));
        Assert.Empty(wearer.Engine.Windows);
    }

    [Theory]
    [InlineData("voltage_x", "V")]
    [InlineData("acc_1", "g")]
    [InlineData("gyro_x", "rad/s")]
    public void A_model_with_channels_the_sensor_has_not_is_refused_by_name(string name, string unit)
    {
        var wearer = new Wearer();
        wearer.Engine = new FakeEngine(wearer.Clock) { Info = FakeEngine.Model(name, unit) };

        Assert.False(wearer.Run(1));
        Assert.Equal("unsupported_channels", Assert.Single(wearer.Log.Of("error")).Text("code"));
    }

    [Fact]
    public void A_model_that_does_not_name_its_outputs_is_refused_by_name()
    {
        var wearer = new Wearer();
        wearer.Engine = new FakeEngine(wearer.Clock) { Info = FakeEngine.Model("acc_x", "g", labelled: false) };

        Assert.False(wearer.Run(1));
        Assert.Equal("no_labels", Assert.Single(wearer.Log.Of("error")).Text("code"));
    }

    // To within a read and the bounds of what was lost.
    private static void AssertNoWindowSpans(Wearer wearer, LogLine gap)
    {
        long start = gap.Number("t0_ms", 0);
        long end = start + gap.Number("ms", 0);
        foreach (var record in wearer.Log.Of("infer"))
        {
            long windowStart = record.Number("t0_ms", 0);
            bool before = windowStart + 2560 <= start + 30;
            Assert.True(before || windowStart >= end - 30, $"{windowStart} spans {start}..{end}");
        }
    }
}
