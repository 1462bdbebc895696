namespace NanoFormer.Data.Import;

/// <summary>Which faults to repair, and how; what is not named here is refused.</summary>
public sealed record RepairOptions
{
    /// <summary>Leave out rows that cannot be read.</summary>
    public bool DropBadRows { get; init; }

    /// <summary>What to do with samples that lack a value.</summary>
    public MissingValueRepair MissingValues { get; init; }

    /// <summary>The most samples in a row that may be held or interpolated.</summary>
    public int FillLimit { get; init; } = 5;

    /// <summary>Of samples with equal time stamps keep the first.</summary>
    public bool DropDuplicateTimes { get; init; }

    /// <summary>What to do when time goes backwards.</summary>
    public BackwardTimeRepair BackwardTimes { get; init; }

    /// <summary>Saturate values that do not fit the stated steps, as a sensor does.</summary>
    public bool ClipOutOfRange { get; init; }

    /// <summary>Put the label and subject that the user names in place of what a log names.</summary>
    public bool ReplaceLoggedNames { get; init; }

    /// <summary>New names of labels; an empty one leaves the samples unlabelled.</summary>
    public IReadOnlyDictionary<string, string> Renames { get; init; } = new Dictionary<string, string>();

    /// <summary>Every class that is meant; empty to take what the sources hold.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Bring all recordings to this rate, by their time stamps where they have some; null to keep the one they share.</summary>
    public double? ResampleHz { get; init; }
}
