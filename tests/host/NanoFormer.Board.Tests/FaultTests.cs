using System.Device.Gpio;
using System.Numerics;

namespace NanoFormer.Board.Tests;

public class FaultTests
{
    [Fact]
    public void An_unplugged_sensor_is_silent_and_comes_back_reset()
    {
        using var bench = With(new FaultPlan { Unplugged = [new FaultWindow(1, 2)] });
        bench.Write(0x37, 0xA0);
        bench.Write(0x38, 0x01);
        bench.WakeUp();
        bench.Clock.AdvanceTo(1_500_000);
        Assert.Throws<IOException>(() => bench.Read(0x75));
        Assert.Equal(SensorPowerMode.Off, bench.Board.Power.Sensor);
        Assert.Equal(PinDrive.Released, bench.Board.Sensor.InterruptPin);
        bench.Clock.AdvanceTo(2_000_000);
        Assert.Equal(0x40, bench.Read(0x6B));
        Assert.Equal(0, bench.Read(0x38));
        Assert.Equal(SensorPowerMode.Sleep, bench.Board.Power.Sensor);
        Assert.Equal(1_000_000, bench.Board.Power.Microseconds(SensorPowerMode.Off));
    }

    [Fact]
    public void Nack_windows_leave_the_chip_as_it_was()
    {
        using var bench = With(new FaultPlan { NackWindows = [new FaultWindow(1, 2)] });
        bench.Write(0x19, 19);
        bench.Clock.AdvanceTo(1_999_000);
        Assert.Throws<IOException>(() => bench.Read(0x19));
        bench.Clock.AdvanceTo(2_000_000);
        Assert.Equal(19, bench.Read(0x19));
    }

    [Fact]
    public void Random_nacks_come_at_their_rate_and_repeat_with_their_seed()
    {
        Assert.Equal(NackPattern(seed: 3), NackPattern(seed: 3));
        Assert.NotEqual(NackPattern(seed: 3), NackPattern(seed: 4));

        // A register read addresses the chip twice: 1 - 0.95 squared.
        Assert.InRange(NackPattern(seed: 3).Count(failed => failed), 2000 * 0.075, 2000 * 0.12);
    }

    [Fact]
    public void The_interrupt_wire_can_stick_at_either_level()
    {
        using var bench = With(new FaultPlan
        {
            InterruptStuckHigh = [new FaultWindow(1, 2)],
            InterruptStuckLow = [new FaultWindow(3, 4)],
        });
        bench.Write(0x37, 0x20);
        bench.Write(0x38, 0x01);
        bench.Clock.AdvanceTo(1_500_000);
        Assert.Equal(PinValue.High, bench.Interrupt.Read());
        bench.Clock.AdvanceTo(2_500_000);
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
        bench.Clock.AdvanceTo(3_500_000);
        bench.WakeUp();
        bench.Clock.Advance(10_000);
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
        bench.Clock.AdvanceTo(4_000_000);
        Assert.Equal(PinValue.High, bench.Interrupt.Read());
    }

    [Fact]
    public void A_stalled_processor_lets_the_fifo_overflow()
    {
        using var bench = With(new FaultPlan { ProcessorStalls = [new FaultWindow(1, 4)] });
        bench.WakeUp(3, 19);
        bench.Write(0x23, 0x78);
        bench.Write(0x6A, 0x40);
        bench.Clock.AdvanceTo(900_000);
        bench.Write(0x6A, 0x44);
        bench.Board.Sleep(200_000);
        Assert.InRange(bench.Clock.Microseconds, 4_000_000, 4_000_100);
        Assert.Equal(0x10, bench.Read(0x3A) & 0x10);
        Assert.Equal(1024, bench.FifoCount());
    }

    [Theory]
    [InlineData(0x70)]
    [InlineData(0x72)]
    [InlineData(0x98)]
    public void A_clone_names_itself_and_measures_all_the_same(byte identity)
    {
        using var bench = With(new FaultPlan { CloneWhoAmI = identity });
        bench.WakeUp();
        bench.Clock.Advance(10_000);
        Assert.Equal(identity, bench.Read(0x75));
        Assert.Equal(16384, bench.ReadInt16(0x3F));
    }

    [Fact]
    public void A_dead_motion_detector_never_fires()
    {
        var motion = new FunctionMotion(t => new Vector3((float)Math.Sin(20 * t), 0, 1));
        using var bench = new SensorBench(motion, faults: new FaultPlan { DeadMotionDetection = true });
        bench.Write(0x37, 0x20);
        bench.Write(0x38, 0x40);
        bench.Write(0x1C, 0x01);
        bench.Write(0x1F, 1);
        bench.Write(0x6B, 0);
        Assert.False(bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 1_000_000));
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(20_000, 510)]
    [InlineData(-20_000, 490)]
    public void A_clock_error_shows_in_the_sample_count(double ppm, int expectedInTenSeconds)
    {
        using var bench = With(new FaultPlan { SensorClock = new SensorOscillator(ppm) });
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 19);
        Assert.InRange(bench.CountPulses(10), expectedInTenSeconds - 1, expectedInTenSeconds + 1);
    }

    [Fact]
    public void Jitter_scatters_the_samples_without_adding_up()
    {
        using var bench = With(new FaultPlan { SensorClock = new SensorOscillator(JitterMicroseconds: 30) });
        var times = new List<long>();
        bench.Interrupt.ValueChanged += (_, edge) =>
        {
            if (edge.ChangeType == PinEventTypes.Rising)
            {
                times.Add(bench.Clock.Microseconds);
            }
        };
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 19);
        bench.Clock.Advance(100_000_000);
        var intervals = times.Zip(times.Skip(1), (from, to) => (double)(to - from)).ToList();
        Assert.Equal(20_000, intervals.Average(), 0.1);

        // The difference of two independent deviations of 30 us.
        Assert.Equal(30 * Math.Sqrt(2), Math.Sqrt(intervals.Average(value => (value - 20_000) * (value - 20_000))), 2.0);
    }

    [Fact]
    public void Wander_speeds_up_and_slows_down_over_its_period()
    {
        using var bench = With(new FaultPlan { SensorClock = new SensorOscillator(WanderPpm: 50_000, WanderPeriodSeconds: 20) });
        bench.Write(0x38, 0x01);
        bench.WakeUp();

        // Half a sine of 5 %: mean 2 / pi of it.
        Assert.InRange(bench.CountPulses(10), 10_300, 10_340);
        Assert.InRange(bench.CountPulses(10), 9_660, 9_700);
    }

    private static SensorBench With(FaultPlan faults) => new(FunctionMotion.Constant(Vector3.UnitZ), faults: faults);

    private static List<bool> NackPattern(int seed)
    {
        using var bench = With(new FaultPlan { NackProbability = 0.05, Seed = seed });
        var failures = new List<bool>();
        for (int index = 0; index < 2000; index++)
        {
            try
            {
                _ = bench.Read(0x75);
                failures.Add(false);
            }
            catch (IOException)
            {
                failures.Add(true);
            }
        }

        return failures;
    }
}
