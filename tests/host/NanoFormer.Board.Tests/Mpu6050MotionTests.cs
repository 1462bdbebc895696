using System.Device.Gpio;
using System.Numerics;

namespace NanoFormer.Board.Tests;

public class Mpu6050MotionTests
{
    private const double StepAt = 0.5;

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(200)]
    public void Motion_is_reported_after_its_duration_in_milliseconds(byte duration)
    {
        using var bench = Armed(StepOf(new Vector3(0.1f, 0, 0)), threshold: 20, duration);
        Assert.True(bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 2_000_000));

        // The 260 Hz low-pass passes 40 of 100 mg within its first two samples.
        double milliseconds = (bench.Clock.Microseconds - (StepAt * 1e6)) / 1000;
        Assert.InRange(milliseconds, duration - 1, duration + 2);
        Assert.Equal(0x40, bench.Read(0x3A) & 0x40);
    }

    [Theory]
    [InlineData(0.002, 20, 0.045, true)]
    [InlineData(0.002, 20, 0.034, false)]
    [InlineData(0.032, 2, 0.070, true)]
    [InlineData(0.032, 2, 0.055, false)]
    public void The_threshold_counts_in_the_chips_unit(double unit, byte threshold, float step, bool expected)
    {
        // The low-pass overshoots a step by less than a sixth.
        using var bench = Armed(StepOf(new Vector3(0, 0, step)), threshold, duration: 1, unit: unit);
        Assert.Equal(expected, bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 2_000_000));
    }

    [Theory]
    [InlineData(1, 0, 0, 0x40)]
    [InlineData(-1, 0, 0, 0x80)]
    [InlineData(0, 1, 0, 0x10)]
    [InlineData(0, -1, 0, 0x20)]
    [InlineData(0, 0, 1, 0x04)]
    [InlineData(0, 0, -1, 0x08)]
    public void The_status_names_axis_and_sign_once(float x, float y, float z, byte expected)
    {
        using var bench = Armed(StepOf(new Vector3(x, y, z) * 0.2f), threshold: 20, duration: 1);
        bench.Clock.AdvanceTo(700_000);
        bench.Write(0x6B, 0x40);
        Assert.Equal(expected, bench.Read(0x61));
        Assert.Equal(0, bench.Read(0x61));
    }

    [Fact]
    public void The_high_pass_in_reset_lets_nothing_through()
    {
        using var bench = Armed(StepOf(Vector3.One), threshold: 1, duration: 1, highPass: 0);
        Assert.False(bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 2_000_000));
    }

    [Fact]
    public void Hold_keeps_reporting_a_new_posture_while_a_cutoff_forgets_it()
    {
        foreach (var (mode, expected) in new (byte, bool)[] { (7, true), (1, false) })
        {
            using var bench = Armed(StepOf(new Vector3(0.2f, 0, 0)), threshold: 20, duration: 1, highPass: mode);
            bench.Clock.AdvanceTo(1_500_000);
            _ = bench.Read(0x3A);
            bench.Clock.Advance(50_000);
            Assert.Equal(expected, (bench.Read(0x3A) & 0x40) != 0);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void The_decrement_decides_whether_interrupted_motion_adds_up(byte control, bool expected)
    {
        // 30 ms beyond the threshold, 20 ms below: with decrement 1 the counter gains 10 a period, with 0 it starts again.
        static Vector3 Bursts(double t) => t > StepAt && t % 0.05 < 0.03 ? new Vector3(0.5f, 0, 0) : Vector3.Zero;
        using var bench = Armed(new FunctionMotion(Bursts), threshold: 20, duration: 45, control: control);
        Assert.Equal(expected, bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 2_000_000));
    }

    [Fact]
    public void Cycle_mode_wakes_on_motion_within_one_period_of_its_rate()
    {
        using var bench = Armed(StepOf(new Vector3(0, 0.3f, 0)), threshold: 40, duration: 1);
        bench.Write(0x6C, 0x47);
        bench.Write(0x6B, 0x20);
        Assert.True(bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 60_000_000));
        Assert.InRange(bench.Clock.Microseconds, 500_000, 700_000);
        Assert.Equal(SensorPowerMode.Cycle5Hz, bench.Board.Power.Sensor);
    }

    [Fact]
    public void A_still_noisy_chip_stays_asleep_for_an_hour_and_then_wakes()
    {
        const double Hour = 3600;
        var motion = new FunctionMotion(t => t < Hour ? Vector3.UnitX : new Vector3(1.2f, 0, 0));
        using var bench = new SensorBench(motion, new Mpu6050Options());
        Arm(bench, threshold: 40, duration: 1);
        bench.Write(0x6C, 0x47);
        bench.Write(0x6B, 0x20);
        Assert.True(bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 4_000_000_000));
        Assert.InRange(bench.Clock.Seconds, Hour, Hour + 0.2);
        Assert.InRange(bench.Board.Power.Microseconds(SensorPowerMode.Cycle5Hz) * 1e-6, Hour - 1, Hour + 1);
    }

    private static FunctionMotion StepOf(Vector3 step) => new(t => t < StepAt ? Vector3.UnitZ : Vector3.UnitZ + step);

    private static SensorBench Armed(
        IMotionSource motion, byte threshold, byte duration, byte highPass = 7, byte control = 0, double unit = 0.002)
    {
        var bench = new SensorBench(motion, Mpu6050Options.Ideal with { GPerThresholdStep = unit });
        Arm(bench, threshold, duration, highPass, control);
        return bench;
    }

    private static void Arm(SensorBench bench, byte threshold, byte duration, byte highPass = 7, byte control = 0)
    {
        bench.Write(0x37, 0x20);
        bench.Write(0x38, 0x40);
        bench.Write(0x1F, threshold);
        bench.Write(0x20, duration);
        bench.Write(0x69, control);
        bench.Write(0x6B, 0x00);
        bench.Clock.Advance(100_000);
        bench.Write(0x1C, highPass);
    }
}
