using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Import;

/// <summary>Brings the samples of a piece to even steps in time.</summary>
internal static class EvenSpacing
{
    private const double ShortestStep = 0.5; // sample periods
    private const double RoundedStamp = 0.01; // sample periods by which the last stamp may fall short of the grid

    /// <summary>
    /// The piece at another rate, its samples placed by their time stamps where it has some; without a rate, the piece as it is, with a
    /// finding for every step in time that is too short to belong to an even rate.
    /// </summary>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: the rate is far above that of the piece.</exception>
    public static IEnumerable<SourceSample> Apply(Piece piece, IEnumerable<SourceSample> samples, double? rateHz, FindingLog log)
    {
        double own = piece.RateHz;
        if (rateHz is not { } target || own <= 0)
        {
            return piece.Source.HasTimes && own > 0 ? FindUneven(piece, samples, own, log) : samples;
        }

        if (!piece.Source.HasTimes)
        {
            return Resampling.Run(samples, (int)piece.Count, own, target);
        }

        own = RateAgreement.Agrees(own, target) ? target : own; // a clock that runs a little off needs no filter
        int count = (int)((piece.End - piece.Begin) * own + RoundedStamp) + 1;
        return Resampling.Run(OnGrid(piece, samples, count, own), count, own, target);
    }

    private static IEnumerable<SourceSample> FindUneven(Piece piece, IEnumerable<SourceSample> samples, double rate, FindingLog log)
    {
        double? last = null;
        foreach (var sample in samples)
        {
            if (sample.Seconds - last < ShortestStep / rate)
            {
                string place = piece.Source.Place.Of(sample.Number);
                log.Add(FindingKind.UnevenTime, FindingOutcome.Refused, FormattableString.Invariant(
                    $"{place}: {sample.Seconds - last:0.######} s after the sample before it, at {rate:0.##} Hz"));
            }

            last = sample.Seconds;
            yield return sample;
        }
    }

    /// <summary>Samples at even steps from the first time stamp to the last: on straight lines between the neighbours.</summary>
    private static IEnumerable<SourceSample> OnGrid(Piece piece, IEnumerable<SourceSample> samples, int count, double rate)
    {
        using var source = samples.GetEnumerator();
        source.MoveNext();
        var (before, after) = (source.Current, source.Current);
        for (int i = 0; i < count; i++)
        {
            double time = piece.Begin + i / rate;
            while (after.Seconds < time && source.MoveNext())
            {
                (before, after) = (after, source.Current);
            }

            yield return Between(before, after, time);
        }
    }

    private static SourceSample Between(SourceSample before, SourceSample after, double time)
    {
        double span = after.Seconds - before.Seconds;
        double weight = span > 0 ? Math.Clamp((time - before.Seconds) / span, 0, 1) : 1;
        var nearest = weight < 0.5 ? before : after;
        return nearest with
        {
            Seconds = time,
            Values = [.. before.Values.Zip(after.Values, (a, b) => a + weight * (b - a))],
        };
    }
}
