using NanoFormer.ManagedCost;

namespace NanoFormer.Board;

/// <summary>Whose instructions a processor executes.</summary>
public enum WorkKind
{
    /// <summary>The engine's, in an inference.</summary>
    Inference,

    /// <summary>Those of the native path from the sensor to the window.</summary>
    Capture,

    /// <summary>nanoCLR's, interpreting the firmware.</summary>
    Managed,
}

/// <summary>Books the instructions that a board's processor executes, in all and per hop.</summary>
public sealed class WorkLedger
{
    private readonly long?[] _instructions = new long?[Enum.GetValues<WorkKind>().Length];
    private readonly long?[] _inHops = new long?[Enum.GetValues<WorkKind>().Length];
    private long?[]? _atHopStart;
    private (long Calls, long Instructions) _managed = ManagedCounter.Total();

    /// <summary>Hops that were looked at: from one inference to the next without a sleep of the sensor in between.</summary>
    public int Hops { get; private set; }

    /// <summary>Mean cost of a hop; null before there was one.</summary>
    public HopCost? Hop => Hops == 0 ? null : new HopCost(PerHop(WorkKind.Inference), PerHop(WorkKind.Capture), PerHop(WorkKind.Managed));

    /// <summary>Instructions of a kind so far; null where nobody counts them.</summary>
    public long? Instructions(WorkKind kind) => _instructions[(int)kind];

    /// <summary>Books instructions.</summary>
    public void Book(WorkKind kind, long instructions) => _instructions[(int)kind] = (_instructions[(int)kind] ?? 0) + instructions;

    /// <summary>Books what this thread's managed code has executed since it was last asked.</summary>
    /// <returns>The instructions of that; 0 where managed code is not counted.</returns>
    public long BookManaged(ManagedFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var total = ManagedCounter.Total();
        long instructions = figures.Instructions(total.Calls - _managed.Calls, total.Instructions - _managed.Instructions);
        _managed = total;
        if (instructions > 0)
        {
            Book(WorkKind.Managed, instructions);
        }

        return instructions;
    }

    /// <summary>An inference is over: a hop ends, and the next begins.</summary>
    public void EndHop()
    {
        if (_atHopStart is { } start)
        {
            Hops++;
            for (int kind = 0; kind < _inHops.Length; kind++)
            {
                _inHops[kind] = _instructions[kind] is { } now ? (_inHops[kind] ?? 0) + now - (start[kind] ?? 0) : null;
            }
        }

        _atHopStart = [.. _instructions];
    }

    /// <summary>The device sleeps: the time up to the next inference is not a hop.</summary>
    public void BreakHop() => _atHopStart = null;

    private long? PerHop(WorkKind kind) => _inHops[(int)kind] is { } sum ? (long)Math.Round((double)sum / Hops) : null;
}

/// <summary>Instructions that a device executes from one inference to the next, by who causes them; null where nobody counted.</summary>
/// <param name="Inference">The engine's run.</param>
/// <param name="Capture">The native path from the sensor to the window.</param>
/// <param name="Managed">Interpreted C#: an estimate from exact counts (<see cref="ManagedFigures"/>).</param>
public sealed record HopCost(long? Inference, long? Capture, long? Managed)
{
    /// <summary>Estimated cycles of the inference; null where there is no model of the core's.</summary>
    public long? InferenceCycles { get; init; }

    /// <summary>All that was counted; null without an inference.</summary>
    public long? Total => Inference + (Capture ?? 0) + (Managed ?? 0);
}
