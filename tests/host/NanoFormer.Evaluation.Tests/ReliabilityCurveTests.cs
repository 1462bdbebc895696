using CsCheck;

namespace NanoFormer.Evaluation.Tests;

public sealed class ReliabilityCurveTests
{
    /// <summary>
    /// Two of four answers at a mean of 0.95 are right (gap 0.45), one of one at 0.55 (gap 0.45), none of one at 0.15 (gap 0.15):
    /// (4 * 0.45 + 0.45 + 0.15) / 6 = 0.4.
    /// </summary>
    [Fact]
    public void Expected_error_is_the_one_worked_out_by_hand()
    {
        var curve = new ReliabilityCurve([0.92, 0.98, 0.94, 0.96, 0.55, 0.15], [true, true, false, false, true, false], bins: 10);

        Assert.Equal(0.4, curve.ExpectedError, 12);
        Assert.Equal(10, curve.Bins.Count);
        Assert.Equal((4, 0.5), (curve.Bins[9].Count, curve.Bins[9].Accuracy));
        Assert.Equal(0.95, curve.Bins[9].Confidence, 12);
        Assert.Equal(0.15, curve.Bins[1].Gap, 12);
        Assert.Equal(0, curve.Bins[3].Count);
    }

    [Fact]
    public void Intervals_hold_their_upper_ends()
    {
        var curve = new ReliabilityCurve([0, 0.25, 0.5, 1], [false, false, true, true], bins: 4);

        Assert.Equal([2, 1, 0, 1], curve.Bins.Select(bin => bin.Count));
    }

    [Fact]
    public void One_interval_alone_compares_mean_confidence_with_accuracy() =>
        Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 50].Sample(answers =>
        {
            var curve = new ReliabilityCurve([.. answers.Select(a => a.Item1)], [.. answers.Select(a => a.Item2)], bins: 1);
            double expected = Math.Abs(answers.Average(a => a.Item1) - ((double)answers.Count(a => a.Item2) / answers.Length));
            Assert.Equal(expected, curve.ExpectedError, 9);
        });

    [Fact]
    public void Answers_and_confidences_must_be_as_many() =>
        Assert.Throws<ArgumentException>(() => new ReliabilityCurve([0.5], [true, false]));
}
