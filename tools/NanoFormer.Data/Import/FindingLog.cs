namespace NanoFormer.Data.Import;

/// <summary>Counts what is found, and keeps the first examples of each kind.</summary>
public sealed class FindingLog
{
    private const int ExamplesKept = 5;

    private readonly SortedDictionary<(FindingKind Kind, FindingOutcome Outcome), (int Count, List<string> Examples)> _found = [];

    /// <summary>Everything found, by kind.</summary>
    public IReadOnlyList<Finding> All => [.. _found.Select(entry => new Finding(
        entry.Key.Kind, entry.Key.Outcome, entry.Value.Count, entry.Value.Examples, RepairOf(entry.Key.Kind)))];

    /// <summary>Counts one fault.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="outcome">What becomes of it.</param>
    /// <param name="example">Where it is and what is wrong, without a full stop.</param>
    /// <param name="count">How many faults it stands for.</param>
    public void Add(FindingKind kind, FindingOutcome outcome, string example, int count = 1)
    {
        var (known, examples) = _found.GetValueOrDefault((kind, outcome), (0, []));
        if (examples.Count < ExamplesKept)
        {
            examples.Add(example);
        }

        _found[(kind, outcome)] = (known + count, examples);
    }

    /// <summary>Counts one fault that is repaired when <paramref name="repaired"/> holds, else refused.</summary>
    public void Add(FindingKind kind, bool repaired, string example, int count = 1) =>
        Add(kind, repaired ? FindingOutcome.Repaired : FindingOutcome.Refused, example, count);

    private static string? RepairOf(FindingKind kind) => kind switch
    {
        FindingKind.BadRow => "--bad-rows drop",
        FindingKind.Contradiction => "--bad-rows drop, which leaves such recordings out",
        FindingKind.MissingValue => "--missing drop, hold or interpolate (up to --fill-limit samples in a row)",
        FindingKind.DuplicateTime => "--duplicate-times drop",
        FindingKind.BackwardTime => "--backward-times drop, split or sort",
        FindingKind.UnevenTime or FindingKind.MixedRates => "--resample HZ",
        FindingKind.OutOfRange => "--out-of-range clip, or a coarser scale in --channel",
        FindingKind.SuspectLabel => "--rename OLD=NEW, or --labels with every class that is meant",
        FindingKind.UnknownLabel => "--rename OLD=NEW, or --rename OLD= to leave those samples unlabelled",
        FindingKind.OtherName => "--logged-names replace",
        FindingKind.BadEncoding => "--encoding latin1, windows-1252, utf-16 or another",
        FindingKind.DuplicateColumn => "--columns with a name of its own for each column",
        FindingKind.BlankLine => "--blank-lines end (each ends a recording) or skip",
        FindingKind.BurstyTime => "--bursts spread (the sensor sampled evenly) or keep (it did not)",
        FindingKind.TimeUnit => "--time-unit s, ms, us or ns, or a --rate that agrees with the stamps",
        FindingKind.Outlier => "--outliers clip (an error of transfer) or keep (it is real)",
        FindingKind.BadSpan or FindingKind.SpanWithoutFile => "--bad-spans drop",
        FindingKind.SpanOverlap => "--bad-spans drop, which leaves the samples that they share unlabelled",
        FindingKind.DuplicateRecording => "--duplicate-recordings drop (the first stays)",
        _ => null,
    };
}
