using CsCheck;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Tests.Preparation;

public sealed class CalibrationChoiceTests
{
    [Fact]
    public void Every_stratum_and_every_extreme_is_chosen_and_the_count_is_met()
    {
        Gen.Select(Windows, Gen.Int[0, 60], Gen.Int).Sample((windows, more, seed) =>
        {
            int strata = Strata(windows, Enumerable.Range(0, windows.Count)).Count();
            int count = Math.Min(windows.Count, strata + 4 + more);

            var chosen = CalibrationChoice.Choose(windows, count, seed);

            Assert.Equal(count, chosen.Distinct().Count());
            Assert.Equal(strata, Strata(windows, chosen).Count());
            short[][] values = chosen.SelectMany(i => windows.Window(i).ToArray()).Chunk(2).ToArray();
            short[][] all = windows.Samples.Chunk(2).ToArray();
            Assert.Equal(all.Min(v => v[0]), values.Min(v => v[0]));
            Assert.Equal(all.Max(v => v[0]), values.Max(v => v[0]));
            Assert.Equal(all.Min(v => v[1]), values.Min(v => v[1]));
            Assert.Equal(all.Max(v => v[1]), values.Max(v => v[1]));
            Assert.Equal(chosen, CalibrationChoice.Choose(windows, count, seed));
        }, iter: 100);
    }

    [Fact]
    public void Classes_are_in_proportion()
    {
        var windows = Make([.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? 1 : 0)], i => $"{i % 5}", new Random(1));

        var chosen = CalibrationChoice.Choose(windows, 100, 1);

        Assert.InRange(chosen.Count(i => windows.Labels[i] == 1), 8, 14);
    }

    [Fact]
    public void A_count_that_cannot_be_representative_is_refused()
    {
        var windows = Make([0, 0, 1, 1], i => $"{i}", new Random(1));

        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => CalibrationChoice.Choose(windows, 3, 1)).Error);
        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => CalibrationChoice.Choose(windows, 5, 1)).Error);
        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => CalibrationChoice.Choose(windows.Where(_ => false), 0, 1)).Error);
    }

    private static Gen<WindowSet> Windows =>
        Gen.Select(Gen.Int[0, 2].Array[10, 80], Gen.Int).Select((labels, seed) => Make(labels, i => $"{i % 3}", new Random(seed)));

    private static WindowSet Make(int[] labels, Func<int, string> subject, Random random) => new()
    {
        WindowSamples = 3,
        RateHz = 50,
        Channels = [new ChannelInfo("x", "g", 1), new ChannelInfo("y", "g", 1)],
        ClassNames = ["A", "B", "C"],
        Samples = [.. Enumerable.Range(0, labels.Length * 6).Select(_ => (short)random.Next(-1000, 1000))],
        Labels = labels,
        Subjects = [.. labels.Select((_, i) => subject(i))],
    };

    private static IEnumerable<(int, string)> Strata(WindowSet windows, IEnumerable<int> indices) =>
        indices.Select(i => (windows.Labels[i], windows.Subjects[i])).Distinct();
}
