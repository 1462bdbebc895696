using CsCheck;

namespace NanoFormer.Evaluation.Tests;

public sealed class RocCurveTests
{
    /// <summary>Anomalies score 3 and 2, normal windows 2, 1 and 0: of 6 pairs 5 are in order and one is equal.</summary>
    [Fact]
    public void Area_is_the_one_worked_out_by_hand()
    {
        var curve = new RocCurve([2, 3, 2, 1, 0], [true, true, false, false, false]);

        Assert.Equal(5.5 / 6, curve.Area, 12);
        Assert.Equal(new RocPoint(3, 0, 0.5), curve.Points[1]);
        Assert.Equal(new RocPoint(2, 1.0 / 3, 1), curve.Points[2]);
        Assert.Equal(new RocPoint(0, 1, 1), curve.Points[^1]);
    }

    [Fact]
    public void Area_is_the_part_of_all_pairs_that_is_in_order() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 30], Gen.Int[0, 9].Array[1, 30]).Sample((normal, anomalous) =>
        {
            var curve = new RocCurve(
                [.. normal.Concat(anomalous).Select(score => (double)score)],
                [.. normal.Select(_ => false), .. anomalous.Select(_ => true)]);
            var pairs = from a in anomalous from n in normal select a > n ? 1 : a == n ? 0.5 : 0;
            Assert.Equal(pairs.Average(), curve.Area, 9);
        });

    [Fact]
    public void Area_needs_windows_of_both_kinds() => Assert.True(double.IsNaN(new RocCurve([1, 2], [true, true]).Area));
}
