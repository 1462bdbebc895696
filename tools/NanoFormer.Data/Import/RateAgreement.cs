namespace NanoFormer.Data.Import;

/// <summary>Finds the one sample rate of a set of recordings.</summary>
internal static class RateAgreement
{
    private const double Tolerance = 0.02; // what two oscillators of the same sensor may differ by
    private const int EnoughSamples = 10;  // to take a rate from rounded time stamps

    /// <summary>
    /// The rate to resample to or, without, the one that was stated or that most samples have; recordings with another are found.
    /// </summary>
    public static double Settle(IReadOnlyList<SourceRecording> pieces, RepairOptions repairs, FindingLog log)
    {
        var measured = pieces.Where(piece => piece.Samples.Count >= EnoughSamples || !piece.HasTimes)
            .Select(piece => (Piece: piece, Rate: RateOf(piece))).Where(pair => pair.Rate > 0).ToArray();
        var usual = pieces.Select(piece => piece.RateHz).FirstOrDefault(rate => rate is not null) ?? UsualRate(measured, pieces);
        if (usual is not { } rate)
        {
            AddUnknown(pieces, log);
            return repairs.ResampleHz ?? 1;
        }
        foreach (var (piece, other) in measured.Where(pair => !Agrees(pair.Rate, rate)))
        {
            var place = piece.Place.Of(piece.Samples[0].Number);
            log.Add(FindingKind.MixedRates, repairs.ResampleHz is not null, FormattableString.Invariant(
                $"{place}: {RateEstimate.Round(other):0.####} Hz from here on, expected {rate:0.####} Hz"));
        }
        return repairs.ResampleHz ?? rate;
    }

    /// <summary>The rate of a piece by its time stamps or, without, by what its source states; 0 when neither tells.</summary>
    public static double RateOf(SourceRecording piece) =>
        (piece.HasTimes ? RateEstimate.WithoutGaps(piece.Samples) : null) ?? piece.RateHz ?? 0;

    /// <summary>Whether a rate differs from the usual one by no more than clocks do.</summary>
    public static bool Agrees(double rate, double usual) => Math.Abs(rate - usual) <= Tolerance * usual;

    /// <summary>The mean of the rates around the one in the middle, each as often as it has samples.</summary>
    private static double? UsualRate((SourceRecording Piece, double Rate)[] measured, IReadOnlyList<SourceRecording> pieces)
    {
        if (measured.Length == 0)
        {
            return pieces.Select(RateOf).FirstOrDefault(rate => rate > 0) is var any and > 0 ? RateEstimate.Round(any) : null;
        }
        var ordered = measured.OrderBy(pair => pair.Rate).ToArray();
        var left = ordered.Sum(pair => (long)pair.Piece.Samples.Count) / 2;
        var middle = ordered.First(pair => (left -= pair.Piece.Samples.Count) < 0).Rate;
        var near = measured.Where(pair => Agrees(pair.Rate, middle)).ToArray();
        var weighted = near.Sum(pair => pair.Rate * pair.Piece.Samples.Count) / near.Sum(pair => (double)pair.Piece.Samples.Count);
        return RateEstimate.Round(weighted);
    }

    private static void AddUnknown(IReadOnlyList<SourceRecording> pieces, FindingLog log)
    {
        var isRefused = log.All.Any(finding => finding.Outcome == FindingOutcome.Refused); // then that is why so little is left
        if (pieces.Count > 0 && !isRefused)
        {
            log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{pieces[0].Place.File}: one sample does not give a rate");
        }
    }
}
