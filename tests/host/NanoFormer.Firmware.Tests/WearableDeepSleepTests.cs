using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

public class WearableDeepSleepTests
{
    [Fact]
    public void The_log_of_two_wakes_out_of_deep_sleep_is_as_recorded()
    {
        var wearer = Sleeper();
        wearer.Move(60, 66);
        wearer.Move(200, 206);
        Run(wearer, 3);
        GoldenLog.Check("deep-sleep.log", wearer.Log.Lines);
    }

    [Fact]
    public void A_motion_and_the_timer_each_end_a_deep_sleep_and_are_told_apart()
    {
        var wearer = Sleeper();
        wearer.Settings.TimerWakeMilliseconds = 100_000;
        wearer.Move(60, 66);
        Run(wearer, 3);

        Assert.Equal(["motion", "timer"], wearer.Log.Of("wake").Select(w => w.Text("cause")));
        Assert.Equal(["start", "deep_sleep", "deep_sleep"], wearer.Log.Of("boot").Select(b => b.Text("reset")));
        Assert.InRange(wearer.Log.Of("boot").ElementAt(1).Number("slept_ms", 0), 59_500, 60_000);
    }

    [Fact]
    public void The_offset_of_the_gyroscope_is_remembered_over_a_deep_sleep()
    {
        var wearer = Sleeper();
        wearer.GyroOffset = -1310;
        wearer.Move(60, 66);
        wearer.Move(200, 206);
        Run(wearer, 3);

        int first = wearer.Log.Of("infer").TakeWhile(r => r.Number("t_ms", 0) < 200_000).Count();
        short[] rotation = wearer.Engine.Windows[first].Where((_, i) => i % 6 == 3).ToArray();
        Assert.InRange(rotation.Take(125).Average(v => v), -150, 150);
    }

    [Fact]
    public void Wakes_without_motion_raise_the_threshold_over_deep_sleeps()
    {
        var wearer = Sleeper();
        foreach (int second in (int[])[60, 120, 180, 240])
        {
            wearer.Power.Motions.Enqueue(second * 1_000_000L); // the flag, but nothing moves
        }

        Run(wearer, 5);
        Assert.Equal([20, 20, 20, 31], wearer.Log.Of("wake").Select(w => w.Number("threshold", 0)));
    }

    [Fact]
    public void A_sensor_that_lost_its_power_meanwhile_is_set_up_from_scratch()
    {
        var wearer = Sleeper();
        wearer.Sensor.Unplugged.Add((30_000_000, 31_000_000));
        wearer.Move(60, 66);
        wearer.Power.OnSleep = () => wearer.Sensor.Write(0x6B, 0x80);
        Run(wearer, 2);

        Assert.Equal(["start", "start"], wearer.Log.Of("boot").Select(b => b.Text("reset")));
        Assert.All(wearer.Log.Of("boot"), b => Assert.Null(b.Text("slept_ms")));
    }

    [Fact]
    public void A_kept_state_is_taken_up_only_once()
    {
        var wearer = Sleeper();
        wearer.Move(60, 66);
        Run(wearer, 2);
        using var transformer = new Transformer(wearer.Engine);
        Assert.True(wearer.Application(transformer).Run(1)); // the power still says that a deep sleep ended, but that was before

        Assert.Equal(["start", "deep_sleep", "start"], wearer.Log.Of("boot").Select(b => b.Text("reset")));
    }

    [Fact]
    public void A_pin_that_is_stuck_high_keeps_the_host_from_a_second_deep_sleep()
    {
        var wearer = Sleeper();
        wearer.Power.StuckHigh = true;
        wearer.Log.OnLine = record =>
        {
            if (record.Text("code") == "stuck_interrupt")
            {
                wearer.Sensor.MotionFlag = true;
            }
        };
        using var transformer = new Transformer(wearer.Engine);
        var first = wearer.Application(transformer);
        Assert.True(first.Run(0));
        Assert.True(first.HasPoweredDown);
        var second = wearer.Application(transformer);
        Assert.True(second.Run(1));
        Assert.False(second.HasPoweredDown);

        Assert.Equal(3, wearer.Log.Of("error").Count(e => e.Text("code") == "wake_without_motion"));
        Assert.Equal("poll", Assert.Single(wearer.Log.Of("wake")).Text("cause"));
    }

    [Fact]
    public void A_board_without_deep_sleep_says_so_once_and_sleeps_lightly()
    {
        var wearer = new Wearer(hasDeepSleep: false) { Settings = { DeepSleep = true } };
        wearer.Move(60, 66);
        wearer.Move(100, 106);
        Assert.True(wearer.Run(2));

        Assert.Equal("no_deep_sleep", Assert.Single(wearer.Log.Of("error")).Text("code"));
        Assert.Equal(["motion", "motion"], wearer.Log.Of("wake").Select(w => w.Text("cause")));
    }

    private static Wearer Sleeper() => new() { Settings = { DeepSleep = true } };

    // Boots n times, each time as the deep sleep before left it; the last run ends after a wake.
    private static void Run(Wearer wearer, int boots)
    {
        for (int boot = 1; boot <= boots; boot++)
        {
            using var transformer = new Transformer(wearer.Engine);
            var application = wearer.Application(transformer);
            if (boot == boots)
            {
                wearer.Settings.DeepSleep = false;
                wearer.Settings.TimerWakeMilliseconds = 1;
                wearer.Power.OnSleep = application.Stop;
            }

            Assert.True(application.Run(boot == boots ? 1 : 0));
            Assert.Equal(boot < boots, application.HasPoweredDown);
        }
    }
}
