using System.Device.Gpio;

namespace NanoFormer.Board;

/// <summary>Makes the faults of a plan happen on a board's parts.</summary>
internal static class FaultInjector
{
    /// <summary>The chip options that a plan leaves of the given ones.</summary>
    public static Mpu6050Options Applied(FaultPlan plan, Mpu6050Options options) => options with
    {
        WhoAmI = plan.CloneWhoAmI ?? options.WhoAmI,
        HasMotionDetection = options.HasMotionDetection && !plan.DeadMotionDetection,
        Oscillator = plan.SensorClock ?? options.Oscillator,
    };

    /// <summary>Schedules everything in a plan that has a time, and arms what has a probability.</summary>
    public static void Arm(FaultPlan plan, SimulatedBoard board)
    {
        var (clock, bus, sensor, pins) = (board.Clock, board.Bus, board.Sensor, board.Pins);
        const int interruptPin = SimulatedBoard.InterruptPin;
        var random = new Random(plan.Seed);
        bus.NackFault = () =>
            plan.NackWindows.Any(window => window.Contains(clock.Microseconds))
            || (plan.NackProbability > 0 && random.NextDouble() < plan.NackProbability);

        During(clock, plan.BusHeldLow, () => bus.IsHeldLow = true, () => bus.IsHeldLow = false);
        During(clock, plan.Unplugged, sensor.Unplug, sensor.PlugIn);
        During(clock, plan.Frozen, () => sensor.Freeze = plan.Freeze, () => sensor.Freeze = SensorFreeze.None);
        foreach (double dip in plan.PowerDips)
        {
            clock.Schedule((long)(dip * 1e6), () => Dip(sensor));
        }

        During(clock, plan.InterruptStuckLow, () => pins.Force(interruptPin, PinValue.Low), () => pins.Force(interruptPin, null));
        During(clock, plan.InterruptStuckHigh, () => pins.Force(interruptPin, PinValue.High), () => pins.Force(interruptPin, null));
        foreach (var stall in plan.ProcessorStalls)
        {
            clock.Schedule(stall.FromMicroseconds, () => Stall(board, stall.ToMicroseconds));
        }
    }

    private static void Dip(ISimulatedSensor sensor)
    {
        sensor.Unplug();
        sensor.PlugIn();
    }

    private static void Stall(SimulatedBoard board, long toMicroseconds)
    {
        board.IsStalled = true;
        board.Clock.AdvanceTo(toMicroseconds);
        board.IsStalled = false;
    }

    private static void During(VirtualClock clock, IReadOnlyList<FaultWindow> windows, Action begin, Action end)
    {
        foreach (var window in windows)
        {
            clock.Schedule(window.FromMicroseconds, begin);
            clock.Schedule(window.ToMicroseconds, end);
        }
    }
}
