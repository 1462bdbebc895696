namespace NanoFormer.Data.Import;

/// <summary>Turns what sources hold into recordings that a trainer can read: checked, repaired as asked, evenly sampled int16.</summary>
public static class RecordingImport
{
    /// <summary>A longer step in time than so many sample periods is a gap, unless said otherwise.</summary>
    public const double UsualGapPeriods = 1.5;

    /// <summary>Imports recordings of one kind of sensor.</summary>
    /// <param name="sources">The recordings; all with the same channels.</param>
    /// <param name="repairs">Which faults to repair; all others are refused.</param>
    /// <param name="log">Holds what the readers of the sources found, and gets what is found here.</param>
    /// <param name="gapPeriods">A longer step in time than so many sample periods is a gap: a new recording begins.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: sources differ in their channels.
    /// <see cref="DataError.BadOption"/>: a label to rename occurs nowhere.</exception>
    public static ImportResult Run(
        IReadOnlyList<SourceRecording> sources, RepairOptions repairs, FindingLog log, double gapPeriods = UsualGapPeriods)
    {
        RequireSameChannels(sources);
        var named = LabelNames.Rename(sources, repairs.Renames, log);
        LabelNames.Check(named, repairs.Labels, log);
        var pieces = named.SelectMany(source => Clean(source, repairs, log, gapPeriods)).ToArray();
        var rate = RateAgreement.Settle(pieces, repairs, log);
        var even = pieces.Select(piece => EvenSpacing.Apply(piece, repairs.ResampleHz, log)).ToArray();
        var recordings = Quantizer.ToRecordings(even, rate, repairs, log);
        var result = new ImportResult(recordings, log.All);
        return result.IsRefused ? result with { Recordings = [] } : result;
    }

    /// <summary>The pieces of one source between its gaps, with advancing times and without missing values.</summary>
    internal static IEnumerable<SourceRecording> Clean(
        SourceRecording source, RepairOptions repairs, FindingLog log, double gapPeriods)
    {
        var whole = MissingValues.Drop(TimeOrder.Repair(source, repairs, log), repairs, log);
        return Gaps.Cut(whole, gapPeriods, log).Select(piece => MissingValues.Fill(piece, repairs, log));
    }

    private static void RequireSameChannels(IReadOnlyList<SourceRecording> sources)
    {
        if (sources.FirstOrDefault(source => !source.Channels.SequenceEqual(sources[0].Channels)) is { } other)
        {
            throw new DataException(DataError.Incompatible,
                $"{other.Place.File} has the channels {Describe(other)}, but {sources[0].Place.File} {Describe(sources[0])}.");
        }
    }

    private static string Describe(SourceRecording recording) =>
        string.Join(", ", recording.Channels.Select(channel => $"{channel.Name} ({channel.Unit})"));
}
