namespace NanoFormer.Data.Import;

/// <summary>Time stamps that advance, and recordings that are cut where they do not do so evenly.</summary>
internal static class TimeOrder
{
    /// <summary>The samples in order of time; a backward step is reported for each that was not.</summary>
    public static IReadOnlyCollection<SourceSample> Sort(SourceRecording recording, FindingLog log)
    {
        SourceSample? before = null;
        foreach (var sample in recording.Samples)
        {
            if (sample.Seconds < before?.Seconds)
            {
                log.Add(FindingKind.BackwardTime, FindingOutcome.Repaired, Describe(recording, sample, before.Value.Seconds));
            }

            before = sample;
        }

        return [.. recording.Samples.OrderBy(sample => sample.Seconds)];
    }

    /// <summary>The samples with advancing time stamps, except those before which the recording is to be cut.</summary>
    public static IEnumerable<SourceSample> Repair(
        SourceRecording recording, IEnumerable<SourceSample> samples, RepairOptions repairs, FindingLog log)
    {
        double? last = null;
        foreach (var sample in samples)
        {
            if (last is null || sample.Seconds > last)
            {
                last = sample.Seconds;
                yield return sample;
            }
            else if (sample.Seconds == last)
            {
                log.Add(FindingKind.DuplicateTime, repairs.DropDuplicateTimes,
                    $"{recording.Place.Of(sample.Number)}: time does not advance");
            }
            else
            {
                log.Add(FindingKind.BackwardTime, repairs.BackwardTimes != BackwardTimeRepair.Refuse,
                    Describe(recording, sample, last.Value));
                if (repairs.BackwardTimes == BackwardTimeRepair.Split)
                {
                    last = sample.Seconds;
                    yield return sample with { FollowsLoss = true };
                }
            }
        }
    }

    /// <summary>Marks the samples that follow a gap in time; each is reported.</summary>
    /// <param name="recording">The recording, for messages.</param>
    /// <param name="samples">Samples whose time stamps advance but where they are marked as following a loss.</param>
    /// <param name="longest">Seconds of the longest step that is not a gap; null without time stamps.</param>
    /// <param name="log">Gets every gap in time.</param>
    public static IEnumerable<SourceSample> MarkGaps(
        SourceRecording recording, IEnumerable<SourceSample> samples, double? longest, FindingLog log)
    {
        double? last = null;
        foreach (var sample in samples)
        {
            double? step = sample.Seconds - last;
            last = sample.Seconds;
            if (sample.FollowsLoss || step is null || longest is null || step <= longest)
            {
                yield return sample;
                continue;
            }

            log.Add(FindingKind.Gap, FindingOutcome.Noted,
                FormattableString.Invariant($"{recording.Place.Of(sample.Number)}: {step:0.######} s after the sample before it"));
            yield return sample with { FollowsLoss = true };
        }
    }

    private static string Describe(SourceRecording recording, SourceSample sample, double before) =>
        FormattableString.Invariant($"{recording.Place.Of(sample.Number)}: time goes back by {before - sample.Seconds:0.######} s");
}
