using CsCheck;

namespace NanoFormer.Evaluation.Tests;

public sealed class CoverageCurveTests
{
    private static readonly CoverageCurve Curve = new([0.9, 0.6, 0.8, 0.6], [true, false, true, true]);

    [Fact]
    public void Points_are_those_worked_out_by_hand() => Assert.Equal(
        [new CoveragePoint(0.9, 0.25, 1), new CoveragePoint(0.8, 0.5, 1), new CoveragePoint(0.6, 1, 0.75)],
        Curve.Points);

    [Theory]
    [InlineData(0.95, 0, null)]
    [InlineData(0.9, 0.25, 1.0)]
    [InlineData(0.7, 0.5, 1.0)]
    [InlineData(0, 1, 0.75)]
    public void Gate_believes_what_reaches_its_threshold(double threshold, double coverage, double? accuracy) =>
        Assert.Equal(new CoveragePoint(threshold, coverage, accuracy), Curve.At(threshold));

    [Fact]
    public void Points_agree_with_the_gate_at_their_thresholds() =>
        Gen.Select(Gen.Int[0, 8], Gen.Bool).Array[1, 40].Sample(answers =>
        {
            var curve = new CoverageCurve([.. answers.Select(a => a.Item1 / 8.0)], [.. answers.Select(a => a.Item2)]);
            Assert.All(curve.Points, point => Assert.Equal(point, curve.At(point.Threshold)));
            Assert.Equal(1, curve.Points[^1].Coverage);
        });
}
