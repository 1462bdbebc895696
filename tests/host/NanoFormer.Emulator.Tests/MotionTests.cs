using CsCheck;

namespace NanoFormer.Emulator.Tests;

public class MotionTests
{
    private const int Limit = 205; // 25 thousandths of a g, at 8192 steps per g

    private static readonly int[] Limits = [Limit, Limit, Limit, 0, 0, 0];

    [Fact]
    public void It_agrees_with_the_standard_deviation_in_double_precision() =>
        Gen.Select(Gen.Int[0, 700], Gen.Short[-9000, 9000], Gen.Int[0, int.MaxValue]).Sample((amplitude, offset, seed) =>
        {
            var random = new Random(seed);
            short[] window = Enumerable.Range(0, 128 * 6).Select(_ => (short)(offset + random.Next(-amplitude, amplitude + 1))).ToArray();
            double expected = 1000 * Enumerable.Range(0, 3).Sum(c => Variance(window.Where((_, i) => i % 6 == c))) / (Limit * Limit);
            Assert.Equal(expected, Motion.Permille(window, Limits), 3.0); // each channel is rounded down
        });

    [Fact]
    public void Rotation_alone_does_not_count()
    {
        short[] turning = Enumerable.Range(0, 128 * 6).Select(i => (short)(i % 12 == 3 ? 9000 : 0)).ToArray();
        Assert.Equal(0, Motion.Permille(turning, Limits));
    }

    [Fact]
    public void The_longest_windows_at_full_scale_do_not_overflow()
    {
        short[] extremes = Enumerable.Range(0, 65535).Select(i => i % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        Assert.InRange(Motion.Permille(extremes, [1]), 1.07e12, 1.08e12); // 32767.5^2, thousandfold
    }

    private static double Variance(IEnumerable<short> values)
    {
        double[] all = values.Select(v => (double)v).ToArray();
        double mean = all.Average();
        return all.Average(v => (v - mean) * (v - mean));
    }
}
