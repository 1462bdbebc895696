using NanoFormer.Firmware.Tests.Fakes;

namespace NanoFormer.Firmware.Tests;

public class WearableCycleTests
{
    [Fact]
    public void The_log_of_a_wake_from_boot_to_sleep_is_as_recorded()
    {
        var wearer = new Wearer();
        wearer.Move(60, 66);

        Assert.True(wearer.Run(1));

        GoldenLog.Check("wake-infer-sleep.log", wearer.Log.Lines);
    }

    [Fact]
    public void The_first_window_starts_where_the_motion_woke_the_device()
    {
        var wearer = new Wearer();
        wearer.Move(60, 66);
        wearer.Run(1);

        var first = wearer.Log.Of("infer").First();
        Assert.InRange(first.Number("t0_ms", 0), 60_000, 60_100);
        Assert.Equal("MOVING", first.Text("label"));
        // A window is 2.56 s long and a read at most 0.42 s late.
        Assert.InRange(first.Number("t_ms", 0), 62_560, 63_100);
    }

    [Fact]
    public void Windows_follow_each_other_by_one_hop_of_true_time_though_the_sensor_runs_three_percent_slow()
    {
        var wearer = new Wearer { Sensor = { PeriodMicroseconds = 10_300 } };
        wearer.Move(60, 660);
        wearer.Run(1);

        long[] starts = wearer.Log.Of("infer").Select(r => r.Number("t0_ms", 0)).ToArray();
        Assert.True(starts.Length > 400);
        long[] late = starts.Skip(10).ToArray();
        double meanHop = (late[^1] - late[0]) / (late.Length - 1.0);
        Assert.InRange(meanHop, 1279.0, 1281.0);
        Assert.All(late.Zip(late.Skip(1), (a, b) => b - a), hop => Assert.InRange(hop, 1260, 1300));
    }

    [Fact]
    public void What_reaches_the_model_is_the_motion_in_its_own_units()
    {
        var wearer = new Wearer { GyroOffset = 1310 }; // 20 degrees per second
        wearer.Move(60, 90);
        wearer.Run(1);

        short[] window = wearer.Engine.Windows[10];
        short[] Channel(int c) => window.Where((_, i) => i % 6 == c).ToArray();
        Assert.InRange(Channel(0).Max(), 3950, 4100); // 0.5 g in 1/8192 g, dulled a little between samples
        Assert.All(Channel(2), z => Assert.Equal(8192, z));
        // 100 degrees per second are 7149 steps of 1/4096 rad/s; the offset is gone.
        Assert.InRange(Channel(3).Max(), 6900, 7400);
        Assert.InRange(MeanOfFiveCycles(Channel(3)), -30, 30);
    }

    [Fact]
    public void Times_in_the_states_add_up_to_the_time_that_passed()
    {
        var wearer = new Wearer();
        wearer.Move(60, 66);
        wearer.Move(100, 110);
        wearer.Run(2);

        var records = wearer.Log.Of("sleep").ToArray();
        Assert.Equal(3, records.Length);
        long total = records.Sum(r => r.Number("run_ms", -1) + r.Number("capture_ms", -1) + r.Number("sleep_ms", -1));
        Assert.InRange(total, (wearer.Clock.Microseconds / 1000) - 3, wearer.Clock.Microseconds / 1000);
        // Asleep: 60 s, and from rest (four still windows after 66 s, the last read at most 0.42 s late) to 100 s.
        Assert.InRange(records.Sum(r => r.Number("sleep_ms", -1)), 85_500, 87_700);
    }

    [Fact]
    public void The_offset_of_the_gyroscope_is_remembered_over_a_sleep()
    {
        var wearer = new Wearer { GyroOffset = -1310 };
        wearer.Move(60, 66);
        wearer.Move(200, 206);
        wearer.Run(2);

        int secondWake = wearer.Engine.Windows.Count / 2;
        short[] rotation = wearer.Engine.Windows[secondWake].Where((_, i) => i % 6 == 3).ToArray();
        Assert.InRange(MeanOfFiveCycles(rotation), -150, 150);
    }

    [Fact]
    public void A_device_that_starts_looks_until_still_before_it_sleeps()
    {
        var wearer = new Wearer { Settings = { CaptureAtBoot = true } };
        wearer.Move(60, 66);
        wearer.Run(1);

        Assert.Equal(["boot", "motion"], wearer.Log.Of("wake").Select(r => r.Text("cause")));
        var atBoot = wearer.Log.Of("infer").TakeWhile(r => r.Number("t_ms", 0) < 60_000).ToArray();
        Assert.Equal(4, atBoot.Length);
        Assert.All(atBoot, r => Assert.Equal("1", r.Text("still")));
    }

    [Fact]
    public void The_capture_at_boot_learns_the_offset_of_the_gyroscope_before_the_first_motion()
    {
        var wearer = new Wearer { GyroOffset = 1310, Settings = { CaptureAtBoot = true } };
        wearer.Move(60, 66);
        wearer.Run(1);

        int firstInMotion = wearer.Log.Of("infer").TakeWhile(r => r.Number("t_ms", 0) < 60_000).Count();
        short[] rotation = wearer.Engine.Windows[firstInMotion].Where((_, i) => i % 6 == 3).ToArray();
        Assert.InRange(MeanOfFiveCycles(rotation), -150, 150);
    }

    [Fact]
    public void The_head_comes_again_for_those_who_attach_late()
    {
        var wearer = new Wearer { Settings = { LinesBetweenHeads = 10 } };
        wearer.Move(60, 120);
        wearer.Run(1);

        var records = wearer.Log.Records.ToArray();
        Assert.All(Enumerable.Range(0, records.Length), i => Assert.Equal(i, records[i].Number("seq", -1)));
        Assert.All(Enumerable.Range(0, records.Length), i => Assert.Equal(i % 11 == 0, records[i].Kind == "head"));
    }

    [Fact]
    public void A_stop_from_the_sink_ends_the_loop()
    {
        var wearer = new Wearer();
        wearer.Move(60, 1e6);
        using var transformer = new Interop.Transformer(wearer.Engine);
        var application = wearer.Application(transformer);
        wearer.Log.OnLine = record =>
        {
            if (record.Kind == "infer" && record.Number("t_ms", 0) > 120_000)
            {
                application.Stop();
            }
        };

        Assert.True(application.Run(0));
        Assert.Equal("sleep", wearer.Log.Records.Last().Kind);
    }

    // The sway takes 25 samples at 50 Hz.
    private static double MeanOfFiveCycles(short[] values) => values.Take(125).Average(v => (double)v);
}
