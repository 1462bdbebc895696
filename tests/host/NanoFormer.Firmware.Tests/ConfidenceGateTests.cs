using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class ConfidenceGateTests
{
    private static readonly Gen<sbyte[]> Output = Gen.SByte.Array[4];

    [Theory]
    [InlineData(500, 128)]
    [InlineData(0, 0)]
    [InlineData(1000, 256)]
    public void The_threshold_counts_in_256ths(int permille, int expected) =>
        Assert.Equal(expected, new ConfidenceGate(permille, 1).Threshold);

    [Theory]
    [InlineData(-1, ConfidenceGate.Unknown)]
    [InlineData(0, 1)]
    public void An_answer_below_the_threshold_is_unknown(int best, int expected)
    {
        var gate = new ConfidenceGate(500, 1);
        gate.Judge([-128, (sbyte)best, -128]);
        Assert.Equal(expected, gate.Answer);
        Assert.Equal(1, gate.Top);
        Assert.Equal(best + 128, gate.Confidence);
    }

    [Fact]
    public void The_answer_has_most_votes_among_the_last_and_is_the_newest_of_equals() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 5], Gen.Select(Output, Gen.Int[0, 5]).Array[1, 30]).Sample((permille, voters, steps) =>
        {
            var gate = new ConfidenceGate(permille, voters);
            var own = new List<int>();
            foreach (var (output, restart) in steps)
            {
                if (restart == 0)
                {
                    gate.Restart();
                    own.Clear();
                }

                gate.Judge(output);
                double probability = (output.Max() + 128) / 256.0;
                own.Add(probability * 1000 >= permille ? Array.IndexOf(output, output.Max()) : -1);
                Assert.Equal(own[^1], gate.Own);

                int[] last = own.TakeLast(voters).ToArray();
                var best = last.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenByDescending(g => Array.LastIndexOf(last, g.Key));
                Assert.Equal(best.First().Key, gate.Answer);
            }
        });

    [Fact]
    public void Only_classes_are_judged_and_without_any_the_answer_is_unknown()
    {
        var gate = new ConfidenceGate(500, 1);
        gate.Judge([10, 20, 127], 2);
        Assert.Equal((1, 148, 1), (gate.Top, gate.Confidence, gate.Answer));
        gate.Judge([127], 0);
        Assert.Equal((ConfidenceGate.Unknown, 0, ConfidenceGate.Unknown), (gate.Top, gate.Confidence, gate.Answer));
    }

    [Fact]
    public void The_first_of_equal_classes_is_the_top()
    {
        var gate = new ConfidenceGate(0, 1);
        gate.Judge([5, 9, 9]);
        Assert.Equal(1, gate.Top);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Somebody_must_vote(int voters) => Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceGate(500, voters));

    [Fact]
    public void One_odd_window_does_not_change_the_answer_and_a_restart_forgets()
    {
        var gate = new ConfidenceGate(500, 3);
        sbyte[] first = [100, -128];
        sbyte[] second = [-128, 100];
        gate.Judge(first);
        gate.Judge(first);
        gate.Judge(second);
        Assert.Equal(0, gate.Answer);
        Assert.Equal(1, gate.Own);

        gate.Restart();
        gate.Judge(second);
        Assert.Equal(1, gate.Answer);
    }
}
