namespace NanoFormer.Data.Import;

/// <summary>A stretch of a source without gaps, which becomes a recording: what a first reading tells of it.</summary>
/// <param name="Source">Where it is from.</param>
/// <param name="FirstNumber">Place of its first sample in the source.</param>
internal sealed record Piece(SourceRecording Source, int FirstNumber)
{
    /// <summary>Samples in it.</summary>
    public long Count { get; set; }

    /// <summary>Time of its first sample.</summary>
    public double Begin { get; init; }

    /// <summary>Time of its last sample.</summary>
    public double End { get; set; }

    /// <summary>Whether another piece holds the same samples and this one is left out.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>Its place, for messages.</summary>
    public string Place => Source.Place.Of(FirstNumber);

    /// <summary>The rate by the time stamps or, without that, by what the source states; 0 when neither tells.</summary>
    public double RateHz => (Source.HasTimes && Count > 1 ? (Count - 1) / (End - Begin) : Source.RateHz) ?? 0;
}

/// <summary>Finds the one sample rate of a set of pieces.</summary>
internal static class RateAgreement
{
    private const double Tolerance = 0.02; // what two oscillators of the same sensor may differ by
    private const int EnoughSamples = 10;  // to take a rate from rounded time stamps

    /// <summary>
    /// The rate to resample to or, without that, the one that was stated or that most samples have; pieces with another are found.
    /// </summary>
    public static double Settle(IReadOnlyList<Piece> pieces, RepairOptions repairs, FindingLog log)
    {
        var measured = pieces.Where(piece => (piece.Count >= EnoughSamples || !piece.Source.HasTimes) && piece.RateHz > 0).ToArray();
        double? usual = pieces.Select(piece => piece.Source.RateHz).FirstOrDefault(rate => rate is not null) ?? UsualRate(measured, pieces);
        if (usual is not { } rate)
        {
            AddUnknown(pieces, log);
            return repairs.ResampleHz ?? 1;
        }

        foreach (var piece in measured.Where(piece => !Agrees(piece.RateHz, rate)))
        {
            log.Add(FindingKind.MixedRates, repairs.ResampleHz is not null, FormattableString.Invariant(
                $"{piece.Place}: {SampleTimes.Round(piece.RateHz):0.####} Hz from here on, expected {rate:0.####} Hz"));
        }

        return repairs.ResampleHz ?? rate;
    }

    /// <summary>Whether a rate differs from the usual one by no more than clocks do.</summary>
    public static bool Agrees(double rate, double usual) => Math.Abs(rate - usual) <= Tolerance * usual;

    /// <summary>The mean of the rates around the one in the middle, each as often as it has samples.</summary>
    private static double? UsualRate(Piece[] measured, IReadOnlyList<Piece> pieces)
    {
        if (measured.Length == 0)
        {
            return pieces.Select(piece => piece.RateHz).FirstOrDefault(rate => rate > 0) is var any and > 0 ? SampleTimes.Round(any) : null;
        }

        var ordered = measured.OrderBy(piece => piece.RateHz).ToArray();
        long left = ordered.Sum(piece => piece.Count) / 2;
        double middle = ordered.First(piece => (left -= piece.Count) < 0).RateHz;
        var near = measured.Where(piece => Agrees(piece.RateHz, middle)).ToArray();
        return SampleTimes.Round(near.Sum(piece => piece.RateHz * piece.Count) / near.Sum(piece => (double)piece.Count));
    }

    private static void AddUnknown(IReadOnlyList<Piece> pieces, FindingLog log)
    {
        bool isRefused = log.All.Any(finding => finding.Outcome == FindingOutcome.Refused); // then that is why so little is left
        if (pieces.Count > 0 && !isRefused)
        {
            log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{pieces[0].Source.Place.File}: one sample does not give a rate");
        }
    }
}
