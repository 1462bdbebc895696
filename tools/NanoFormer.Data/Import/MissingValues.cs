namespace NanoFormer.Data.Import;

/// <summary>Finds and repairs samples that lack values.</summary>
internal static class MissingValues
{
    /// <summary>Leaves out, or refuses, every sample that lacks a value; does nothing when they are to be filled.</summary>
    public static SourceRecording Drop(SourceRecording recording, RepairOptions repairs, FindingLog log)
    {
        if (repairs.MissingValues is MissingValueRepair.Hold or MissingValueRepair.Interpolate)
        {
            return recording;
        }
        var kept = new List<SourceSample>(recording.Samples.Count);
        var followsLoss = false;
        foreach (var sample in recording.Samples)
        {
            var channel = Array.FindIndex(sample.Values, double.IsNaN);
            if (channel < 0)
            {
                kept.Add(followsLoss ? sample with { FollowsLoss = true } : sample);
                followsLoss = false;
                continue;
            }
            log.Add(FindingKind.MissingValue, repairs.MissingValues == MissingValueRepair.Drop, Describe(recording, sample, channel));
            followsLoss = true;
        }
        return recording with { Samples = kept };
    }

    /// <summary>Fills the missing values of a recording that has no gaps; runs that are too long, or open at an end, are refused.</summary>
    public static SourceRecording Fill(SourceRecording recording, RepairOptions repairs, FindingLog log)
    {
        var samples = recording.Samples;
        if (repairs.MissingValues is not (MissingValueRepair.Hold or MissingValueRepair.Interpolate)
            || !samples.Any(sample => sample.Values.Any(double.IsNaN)))
        {
            return recording;
        }
        var filled = samples.Select(sample => sample with { Values = (double[])sample.Values.Clone() }).ToArray();
        for (int channel = 0; channel < recording.Channels.Count; channel++)
        {
            for (int begin = 0; begin < filled.Length; begin++)
            {
                if (double.IsNaN(filled[begin].Values[channel]))
                {
                    var end = begin + 1;
                    while (end < filled.Length && double.IsNaN(filled[end].Values[channel]))
                    {
                        end++;
                    }
                    var isFilled = FillRun(filled, channel, begin, end, repairs);
                    log.Add(FindingKind.MissingValue, isFilled, Describe(recording, filled[begin], channel), end - begin);
                    begin = end;
                }
            }
        }
        return recording with { Samples = filled };
    }

    /// <summary>Fills samples begin..end-1 of a channel; false when the options do not allow it.</summary>
    private static bool FillRun(SourceSample[] samples, int channel, int begin, int end, RepairOptions repairs)
    {
        var interpolate = repairs.MissingValues == MissingValueRepair.Interpolate;
        if (end - begin > repairs.FillLimit || begin == 0 || (interpolate && end == samples.Length))
        {
            return false;
        }
        var before = samples[begin - 1].Values[channel];
        var slope = interpolate ? (samples[end].Values[channel] - before) / (end - begin + 1) : 0;
        for (int i = begin; i < end; i++)
        {
            samples[i].Values[channel] = before + (slope * (i - begin + 1));
        }
        return true;
    }

    private static string Describe(SourceRecording recording, SourceSample sample, int channel) =>
        $"{recording.Place.Of(sample.Number, recording.Channels[channel].Name)}: has no value";
}
