namespace NanoFormer.Data.Import;

/// <summary>Cuts recordings where samples are missing.</summary>
internal static class Gaps
{
    /// <summary>The pieces of a recording between its gaps, in order.</summary>
    /// <param name="recording">The recording; its time stamps advance but where samples are marked as following a loss.</param>
    /// <param name="gapPeriods">A longer step in time than so many sample periods is a gap.</param>
    /// <param name="log">Gets every gap in time.</param>
    public static IEnumerable<SourceRecording> Cut(SourceRecording recording, double gapPeriods, FindingLog log)
    {
        var rate = recording.HasTimes ? RateEstimate.Of(recording.Samples) ?? recording.RateHz : null;
        var piece = new List<SourceSample>();
        foreach (var sample in recording.Samples)
        {
            if (piece.Count > 0 && (sample.FollowsLoss || IsGap(recording, piece[^1], sample, gapPeriods / rate, log)))
            {
                yield return recording with { Samples = piece };
                piece = [];
            }
            piece.Add(sample);
        }
        if (piece.Count > 0)
        {
            yield return recording with { Samples = piece };
        }
    }

    private static bool IsGap(SourceRecording recording, SourceSample before, SourceSample sample, double? longest, FindingLog log)
    {
        var step = sample.Seconds - before.Seconds;
        if (longest is null || step <= longest)
        {
            return false;
        }
        log.Add(FindingKind.Gap, FindingOutcome.Noted,
            FormattableString.Invariant($"{recording.Place.Of(sample.Number)}: {step:0.######} s after the sample before it"));
        return true;
    }
}
