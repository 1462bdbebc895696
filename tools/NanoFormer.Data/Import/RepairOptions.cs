namespace NanoFormer.Data.Import;

/// <summary>Which faults to repair, and how; what is not named here is refused.</summary>
public sealed record RepairOptions
{
    /// <summary>Leave out rows that cannot be read.</summary>
    public bool DropBadRows { get; init; }

    /// <summary>
    /// Leave out labelled spans that make no sense or whose recording is not there; samples in spans of several classes get none.
    /// </summary>
    public bool DropBadSpans { get; init; }

    /// <summary>What to do with samples that lack a value.</summary>
    public MissingValueRepair MissingValues { get; init; }

    /// <summary>The most samples in a row that may be held or interpolated.</summary>
    public int FillLimit { get; init; } = 5;

    /// <summary>Take stamps in the stated unit even where another would make a more usual rate of them.</summary>
    public bool KeepTimeUnit { get; init; }

    /// <summary>Of samples with equal time stamps keep the first.</summary>
    public bool DropDuplicateTimes { get; init; }

    /// <summary>What to do when time goes backwards.</summary>
    public BackwardTimeRepair BackwardTimes { get; init; }

    /// <summary>What to do with samples whose stamps tell when a packet of them arrived.</summary>
    public BurstRepair Bursts { get; init; }

    /// <summary>What to do with single values far beyond all others of their channel.</summary>
    public OutlierRepair Outliers { get; init; }

    /// <summary>Of recordings that hold the same samples keep the first.</summary>
    public bool DropDuplicateRecordings { get; init; }

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

/// <summary>What to do with a sample that lacks a value.</summary>
public enum MissingValueRepair
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Leave the sample out; the recording is cut there.</summary>
    Drop,

    /// <summary>Repeat the channel's last value.</summary>
    Hold,

    /// <summary>Draw a straight line between the channel's neighbouring values.</summary>
    Interpolate,
}

/// <summary>What to do with a time stamp that lies before the one before it.</summary>
public enum BackwardTimeRepair
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Leave out samples until time goes on.</summary>
    Drop,

    /// <summary>Begin a new recording: the clock was set, or a second session follows.</summary>
    Split,

    /// <summary>Order the samples by time: they arrived out of order. The recording must fit into memory.</summary>
    Sort,
}

/// <summary>What to do with samples that are stamped in bursts.</summary>
public enum BurstRepair
{
    /// <summary>Refuse them.</summary>
    Refuse,

    /// <summary>The sensor sampled evenly and only the packets came in bursts: spread the stamps evenly.</summary>
    Spread,

    /// <summary>The sensor really sampled in bursts: each becomes a recording.</summary>
    Keep,
}

/// <summary>What to do with a value far beyond all others of its channel.</summary>
public enum OutlierRepair
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>It is an error of transfer: saturate it, in steps that suit the other values.</summary>
    Clip,

    /// <summary>It is real: choose steps in which it fits.</summary>
    Keep,
}
