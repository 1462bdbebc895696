namespace NanoFormer.Data.Import;

/// <summary>Finds and repairs time stamps that do not advance.</summary>
internal static class TimeOrder
{
    /// <summary>The recording with advancing time stamps, but for those before which it is to be cut.</summary>
    public static SourceRecording Repair(SourceRecording recording, RepairOptions repairs, FindingLog log)
    {
        if (!recording.HasTimes)
        {
            return recording;
        }
        var sorted = repairs.BackwardTimes == BackwardTimeRepair.Sort ? Sort(recording, log) : recording.Samples;
        var kept = new List<SourceSample>(sorted.Count);
        foreach (var sample in sorted)
        {
            if (kept.Count == 0 || sample.Seconds > kept[^1].Seconds)
            {
                kept.Add(sample);
            }
            else if (sample.Seconds == kept[^1].Seconds)
            {
                log.Add(FindingKind.DuplicateTime, repairs.DropDuplicateTimes,
                    $"{recording.Place.Of(sample.Number)}: time does not advance");
            }
            else
            {
                log.Add(FindingKind.BackwardTime, repairs.BackwardTimes != BackwardTimeRepair.Refuse,
                    Describe(recording, sample, kept[^1]));
                AddAfterJump(kept, sample, repairs);
            }
        }
        return recording with { Samples = kept };
    }

    private static void AddAfterJump(List<SourceSample> kept, SourceSample sample, RepairOptions repairs)
    {
        if (repairs.BackwardTimes == BackwardTimeRepair.Split)
        {
            kept.Add(sample with { FollowsLoss = true });
        }
    }

    private static SourceSample[] Sort(SourceRecording recording, FindingLog log)
    {
        foreach (var (before, sample) in recording.Samples.Zip(recording.Samples.Skip(1)))
        {
            if (sample.Seconds < before.Seconds)
            {
                log.Add(FindingKind.BackwardTime, FindingOutcome.Repaired, Describe(recording, sample, before));
            }
        }
        return [.. recording.Samples.OrderBy(sample => sample.Seconds)];
    }

    private static string Describe(SourceRecording recording, SourceSample sample, SourceSample before) =>
        FormattableString.Invariant(
            $"{recording.Place.Of(sample.Number)}: time goes back by {before.Seconds - sample.Seconds:0.######} s");
}
