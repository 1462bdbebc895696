using NanoFormer.Board;

namespace NanoFormer.Cli.Demo;

/// <summary>Faults that <c>demo --fault NAME</c> injects, at times that the built-in recording is in motion.</summary>
internal static class DemoFaults
{
    private static readonly Dictionary<string, Func<FaultPlan, FaultPlan>> Known = new()
    {
        ["unplugged"] = plan => plan with { Unplugged = [new(45, 52)] },
        ["power-dip"] = plan => plan with { PowerDips = [85, 180] },
        ["nack"] = plan => plan with { NackProbability = 0.02 },
        ["noisy-bus"] = plan => plan with { NackProbability = 0.2 },
        ["very-noisy-bus"] = plan => plan with { NackProbability = 0.4 },
        ["no-pull-ups"] = plan => plan with { BusHeldLow = [new(45, 60)] },
        ["shared-address"] = plan => plan with { SharesAddress = true },
        ["open-address-pin"] = plan => plan with { HasOpenAddressPin = true },
        ["overflow"] = plan => plan with { ProcessorStalls = [new(60, 63)] },
        ["frozen"] = plan => plan with { Frozen = [new(45, 65)] },
        ["zeros"] = plan => plan with { Frozen = [new(45, 65)], Freeze = SensorFreeze.Zeros },
        ["stuck-axis"] = plan => plan with { Frozen = [new(45, 65)], Freeze = SensorFreeze.Axis },
        ["stuck-high"] = plan => plan with { InterruptStuckHigh = [new(0, 1e6)] },
        ["stuck-low"] = plan => plan with { InterruptStuckLow = [new(0, 1e6)] },
        ["clone"] = plan => plan with { CloneWhoAmI = 0x70 },
        ["icm20689"] = plan => plan with { CloneWhoAmI = 0x98 },
        ["mpu6886"] = plan => plan with { CloneWhoAmI = 0x19 },
        ["unknown-chip"] = plan => plan with { CloneWhoAmI = 0x42 },
        ["clock"] = plan => plan with { SensorClock = new SensorOscillator(ErrorPpm: 30_000, JitterMicroseconds: 200) },
        ["serial-noise"] = plan => plan with { SerialFlipProbability = 2e-4 },
    };

    // What an ESP32 does in its sleeps; each of these runs on one that does nothing else of the kind.
    private static readonly Dictionary<string, Esp32Traps> Esp32Sleeps = new()
    {
        ["rtc-pad"] = Esp32Traps.RtcPad,
        ["suspended-uart"] = Esp32Traps.SuspendedUart,
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => [.. Known.Keys, .. Esp32Sleeps.Keys];

    /// <summary>How the ESP32 of the board sleeps; null when it has another processor.</summary>
    public static Esp32Traps? Esp32(DemoOptions options)
    {
        var named = options.Faults.Where(Esp32Sleeps.ContainsKey).Aggregate(Esp32Traps.None, (traps, name) => traps | Esp32Sleeps[name]);
        return named != Esp32Traps.None ? named : options.Board == DemoDevice.Esp32Board ? Esp32Traps.All : null;
    }

    /// <summary>A plan with all the named faults.</summary>
    /// <exception cref="CommandFailure">The recording ends before a fault is over.</exception>
    public static FaultPlan Plan(DemoOptions options, double seconds)
    {
        var plan = options.Faults.Where(Known.ContainsKey).Aggregate(new FaultPlan { Seed = options.Seed }, (plan, name) => Known[name](plan));
        return plan.Unplugged.Concat(plan.ProcessorStalls).Concat(plan.BusHeldLow).Concat(plan.Frozen).All(window => window.ToSeconds < seconds)
            ? plan
            : throw new CommandFailure("FAULT_NOT_REACHED", "The recording ends before the fault would be over.");
    }
}
