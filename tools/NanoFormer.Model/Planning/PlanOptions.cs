namespace NanoFormer.Model;

/// <summary>What an arena plan should aim at.</summary>
public sealed record PlanOptions
{
    /// <summary>
    /// Bytes up to which the arena of a window program may grow for the sake of speed: for scratch wishes and greater tiles. A plan that
    /// needs more to run at all takes more; 0 asks for the smallest. Null grows it just so far that every operator gets at least its
    /// lesser wish.
    /// </summary>
    public int? ArenaBudget { get; init; }

    /// <summary>The same for the arena of a step program.</summary>
    public int? StepArenaBudget { get; init; }

    /// <summary>As small as possible.</summary>
    public static PlanOptions Smallest => new() { ArenaBudget = 0, StepArenaBudget = 0 };
}
