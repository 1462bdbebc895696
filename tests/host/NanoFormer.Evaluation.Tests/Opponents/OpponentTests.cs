using NanoFormer.Data;
using NanoFormer.Evaluation.Opponents;

namespace NanoFormer.Evaluation.Tests.Opponents;

public sealed class OpponentTests
{
    [Fact]
    public void AForestLearnsWhatOneLineCannotPart()
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 600).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        int[] labels = [.. rows.Select(row => (row[0] > 0.5 ? 1 : 0) ^ (row[1] > 0.5 ? 1 : 0))];

        var forest = RandomForest.Grow(rows[..400], labels[..400], classes: 2, trees: 60);

        int right = rows[400..].Select((row, i) => forest.Predict(row) == labels[400 + i]).Count(hit => hit);
        Assert.InRange(right, 175, 200); // chance is 100
        var again = RandomForest.Grow(rows[..400], labels[..400], classes: 2, trees: 60);
        Assert.Equal(rows[400..].Select(forest.Predict), rows[400..].Select(again.Predict));
    }

    [Fact]
    public void AForestOfLabelsByChanceIsNoBetterThanChance()
    {
        var random = new Random(2);
        float[][] rows = [.. Enumerable.Range(0, 800).Select(_ => new[] { random.NextSingle(), random.NextSingle() })];
        int[] labels = [.. rows.Select(_ => random.Next(4))];

        var forest = RandomForest.Grow(rows[..400], labels[..400], classes: 4, trees: 40);

        Assert.InRange(rows[400..].Where((row, i) => forest.Predict(row) == labels[400 + i]).Count(), 60, 140);
    }

    [Fact]
    public void SpectraTellFrequenciesOfTheSameSize()
    {
        var (train, test) = (Waves(1, 120), Waves(2, 60));

        var opponent = Opponent.Measure(train, test);

        Assert.InRange(opponent.Forest.Accuracy, 0.95, 1);
        Assert.Equal(1 / 3.0, opponent.Majority, 2);
    }

    [Fact]
    public void FeaturesAreFiniteForASignalThatStandsStill()
    {
        var still = Waves(1, 3).WithSamples(new short[3 * 64 * 3]);

        Assert.All(WindowFeatures.Of(still).SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Three classes: two, five and nine waves in a window, of the same height, from anywhere on, about a random axis.</summary>
    private static WindowSet Waves(int seed, int count)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        return new WindowSet
        {
            WindowSamples = 64,
            RateHz = 50,
            Channels = [new("acc_x", "g", 1e-3), new("acc_y", "g", 1e-3), new("acc_z", "g", 1e-3)],
            ClassNames = ["slow", "middle", "fast"],
            Samples =
            [
                .. labels.SelectMany(label =>
                {
                    double phase = 2 * Math.PI * random.NextDouble();
                    return Enumerable.Range(0, 64).SelectMany(i =>
                    {
                        double wave = Math.Sin((2 * Math.PI * (label == 0 ? 2 : label == 1 ? 5 : 9) * i / 64) + phase);
                        return new[] { (short)(300 * wave), (short)(1000 + (100 * wave)), (short)random.Next(-50, 50) };
                    });
                }),
            ],
            Labels = labels,
            Subjects = [.. labels.Select(_ => "1")],
        };
    }
}
