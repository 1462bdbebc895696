using NanoFormer.Board;
using NanoFormer.Cli.Models;
using NanoFormer.Interop;
using NanoFormer.ManagedCost;

namespace NanoFormer.Cli.Demo;

/// <summary>What a replay showed. Times, energies and battery days are estimates from instruction counts and published currents.</summary>
internal sealed class DemoResult
{
    private readonly BoardProfile _board;

    /// <summary>Sums a finished replay up.</summary>
    public DemoResult(
        DemoOptions options, ModelFile model, IMotionSource motion, SimulatedBoard board, BoardPower power, WatchedEngine engine,
        SerialTranscript transcript)
    {
        // First, because what follows reads the log with classes of the firmware.
        ManagedMethods = [.. ManagedCounter.Read().Select(ManagedMethod.Of).OrderByDescending(method => method.Instructions)];
        _board = board.Power.Board;
        Options = options;
        Model = engine.Info;
        CardAccuracy = CardAccuracy.Read(model, dataset: null, "test");
        Recording = motion.Name;
        IsSynthetic = motion.IsSynthetic;
        Truth = new GroundTruth(motion, engine.Info, transcript.Of("infer"));
        Timeline = new DemoTimeline(motion, engine.Info, transcript.Records, motion.DurationSeconds);
        Instructions = engine.Instructions;
        CyclesPerInference = engine.Cycles.Count == 0 ? null : (long)Math.Round(engine.Cycles.Average());
        Agreements = engine.Agreements;
        Comparisons = engine.Comparisons;
        Wakes = transcript.Of("wake").Count();
        Gaps = transcript.Of("gap").Count();
        LostSamples = transcript.Of("gap").Sum(gap => gap.Number("lost", 0));
        MilliampHours = board.Power.MilliampHours;
        Errors = transcript.Of("error").Count();
        LogLines = transcript.Records.Count;
        TornLines = transcript.TornLines;
        Seconds = board.Power.TotalMicroseconds * 1e-6;
        AsleepSeconds = power.AsleepMicroseconds * 1e-6;
        Milliamps = Instructions.Count == 0 ? null : board.Power.AverageMilliamps;
        AwakeMilliamps = Instructions.Count == 0
            ? null
            : (board.Power.MilliampHours - power.AsleepMilliampHours) * 3600 / (Seconds - AsleepSeconds);
        HasWitness = engine.HasWitness;
        Hop = (board.Work.Hop ?? new HopCost(null, null, null)) with { InferenceCycles = CyclesPerInference };
    }

    /// <summary>Sensor samples that the log calls lost.</summary>
    public long LostSamples { get; }

    /// <summary>Charge of processor and sensor over the replay, in mAh; without that of inferences where they are not counted.</summary>
    public double MilliampHours { get; }

    /// <summary>The same replay without its faults; null for one that had none.</summary>
    public DemoResult? Undisturbed { get; private set; }

    /// <summary>Takes the same replay without its faults.</summary>
    public DemoResult Beside(DemoResult undisturbed)
    {
        Undisturbed = undisturbed;
        return this;
    }

    /// <summary>What was asked for.</summary>
    public DemoOptions Options { get; }

    /// <summary>The model, as the engine read it.</summary>
    public ModelInfo Model { get; }

    /// <summary>What the model's card claims of its test data; null without a card.</summary>
    public CardAccuracy? CardAccuracy { get; }

    /// <summary>What was replayed.</summary>
    public string Recording { get; }

    /// <summary>Whether the recording was generated.</summary>
    public bool IsSynthetic { get; }

    /// <summary>The log against the recording's labels.</summary>
    public GroundTruth Truth { get; }

    /// <summary>The replay, drawn.</summary>
    public DemoTimeline Timeline { get; }

    /// <summary>Instructions of each inference; empty where nobody counts them.</summary>
    public IReadOnlyList<long> Instructions { get; }

    /// <summary>Windows on which two engines gave the same bytes.</summary>
    public int Agreements { get; }

    /// <summary>Windows that two engines ran.</summary>
    public int Comparisons { get; }

    /// <summary>Times the firmware woke.</summary>
    public int Wakes { get; }

    /// <summary>Gap records in the log.</summary>
    public int Gaps { get; }

    /// <summary>Error records in the log.</summary>
    public int Errors { get; }

    /// <summary>Valid records in the log.</summary>
    public int LogLines { get; }

    /// <summary>Lines whose checksum failed.</summary>
    public int TornLines { get; }

    /// <summary>Length of the replay.</summary>
    public double Seconds { get; }

    /// <summary>Of which asleep.</summary>
    public double AsleepSeconds { get; }

    /// <summary>Mean current over the replay, in mA; null where instructions, and so the time of inferences, are not counted.</summary>
    public double? Milliamps { get; }

    /// <summary>Mean current while awake: what a device that never sleeps would draw all the time. Null in the same case.</summary>
    public double? AwakeMilliamps { get; }

    /// <summary>Whether a second engine ran along.</summary>
    public bool HasWitness { get; }

    /// <summary>The board whose figures are used.</summary>
    public string BoardTitle => _board.Entry.Title;

    /// <summary>Battery the days are reckoned for.</summary>
    public double BatteryMilliampHours => _board.Entry.BatteryMilliampHours;

    /// <summary>Mean instructions of an inference; null where nobody counts them.</summary>
    public long? InstructionsPerInference => Instructions.Count == 0 ? null : (long)Math.Round(Instructions.Average());

    /// <summary>Mean estimated cycles of an inference; null for cores without a model of them.</summary>
    public long? CyclesPerInference { get; }

    /// <summary>Time of an inference on the board.</summary>
    public double? InferenceMicroseconds =>
        _board.InferenceMicroseconds(new HopCost(InstructionsPerInference, null, null) { InferenceCycles = CyclesPerInference });

    /// <summary>Energy of an inference on the board.</summary>
    public double? InferenceMicrojoules => InferenceMicroseconds is { } time ? _board.InferenceMicrojoules(time) : null;

    /// <summary>Time and energy by phase, where a trace was asked for; null otherwise. Sensor included.</summary>
    public IReadOnlyList<PhaseTruth>? Phases { get; init; }

    /// <summary>Mean instructions from one inference to the next, by who causes them.</summary>
    public HopCost Hop { get; }

    /// <summary>What the replay's managed code was, from boot to the last line; the costliest method first.</summary>
    public IReadOnlyList<ManagedMethod> ManagedMethods { get; }

    /// <summary>Energy of the processor while it executes them; null where inferences are not counted.</summary>
    public double? HopMicrojoules => _board.BusyMicroseconds(Hop) is { } time ? _board.InferenceMicrojoules(time) : null;

    /// <summary>Days on a battery with this replay's share of sleep.</summary>
    public double? BatteryDays => Milliamps is { } current ? _board.BatteryDays(current) : null;

    /// <summary>Days on the same battery without wake-on-motion.</summary>
    public double? AlwaysOnBatteryDays => AwakeMilliamps is { } current ? _board.BatteryDays(current) : null;
}

/// <summary>A method of the firmware, or of a library that it calls, over a replay.</summary>
/// <param name="Method"><c>Namespace.Type::Name(parameter types)</c>.</param>
/// <param name="Calls">Times it was called.</param>
/// <param name="IlInstructions">IL instructions of its own; 0 for a library's method, whose inside is not counted.</param>
/// <param name="Allocations">Objects it made on the managed heap.</param>
/// <param name="Instructions">Processor instructions of these, an estimate (<see cref="ManagedFigures"/>).</param>
internal sealed record ManagedMethod(string Method, long Calls, long IlInstructions, long Allocations, long Instructions)
{
    /// <summary>With the shipped figures.</summary>
    public static ManagedMethod Of(MethodCount count) => new(
        count.Method,
        count.Calls,
        count.Instructions,
        count.Allocations,
        ManagedFigures.Shipped.Instructions(count.Calls, count.Instructions));
}
