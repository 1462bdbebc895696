using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Import;

/// <summary>Brings samples to even steps in time.</summary>
internal static class EvenSpacing
{
    private const double ShortestStep = 0.5; // sample periods
    private const double RoundedStamp = 0.01; // sample periods by which the last stamp may fall short of the grid

    /// <summary>
    /// The piece at another rate, its samples placed by their time stamps where it has some; without a rate, the piece as it is, with a
    /// finding for every step in time that is too short to belong to an even rate.
    /// </summary>
    public static SourceRecording Apply(SourceRecording piece, double? rateHz, FindingLog log)
    {
        var own = RateAgreement.RateOf(piece);
        if (rateHz is not { } target || own <= 0)
        {
            FindUneven(piece, own, log);
            return piece;
        }
        if (piece.HasTimes)
        {
            own = RateAgreement.Agrees(own, target) ? target : own; // a clock that runs a little off needs no filter
        }
        var even = piece.HasTimes ? OnGrid(piece, own) : piece.Samples;
        var channels = Enumerable.Range(0, piece.Channels.Count)
            .Select(channel => Resampling.Run([.. even.Select(sample => sample.Values[channel])], own, target)).ToArray();
        var nearest = Resampling.Nearest(even.Count, own, target);
        return piece with
        {
            Samples = [.. nearest.Select((from, i) => even[from] with { Values = [.. channels.Select(channel => channel[i])] })],
        };
    }

    private static void FindUneven(SourceRecording piece, double rate, FindingLog log)
    {
        if (!piece.HasTimes || rate <= 0)
        {
            return;
        }
        foreach (var (before, sample) in piece.Samples.Zip(piece.Samples.Skip(1)))
        {
            var step = sample.Seconds - before.Seconds;
            if (step < ShortestStep / rate)
            {
                log.Add(FindingKind.UnevenTime, FindingOutcome.Refused, FormattableString.Invariant(
                    $"{piece.Place.Of(sample.Number)}: {step:0.######} s after the sample before it, at {rate:0.##} Hz"));
            }
        }
    }

    /// <summary>Samples at even steps from the first time stamp to the last: on straight lines between the neighbours.</summary>
    private static SourceSample[] OnGrid(SourceRecording piece, double rate)
    {
        var samples = piece.Samples;
        var begin = samples[0].Seconds;
        var grid = new SourceSample[(int)(((samples[^1].Seconds - begin) * rate) + RoundedStamp) + 1];
        var after = 0;
        for (int i = 0; i < grid.Length; i++)
        {
            var time = begin + (i / rate);
            while (after < samples.Count - 1 && samples[after].Seconds < time)
            {
                after++;
            }
            grid[i] = Between(samples[Math.Max(0, after - 1)], samples[after], time);
        }
        return grid;
    }

    private static SourceSample Between(SourceSample before, SourceSample after, double time)
    {
        var span = after.Seconds - before.Seconds;
        var weight = span > 0 ? Math.Clamp((time - before.Seconds) / span, 0, 1) : 1;
        var nearest = weight < 0.5 ? before : after;
        return nearest with
        {
            Seconds = time,
            Values = [.. before.Values.Zip(after.Values, (a, b) => a + (weight * (b - a)))],
        };
    }
}
