using CsCheck;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class StillDetectorTests
{
    private static readonly ChannelMap Map = ChannelMap.ForModel(FakeEngine.Model("ax,ay,az,gx,gy,gz", "g,g,g,rad/s,rad/s,rad/s"));

    [Fact]
    public void It_agrees_with_the_standard_deviation_in_double_precision() =>
        Gen.Select(Gen.Int[0, 700], Gen.Short[-9000, 9000], Gen.Int[0, int.MaxValue]).Sample((amplitude, offset, seed) =>
        {
            var random = new Random(seed);
            var window = Enumerable.Range(0, 128 * 6).Select(_ => (short)(offset + random.Next(-amplitude, amplitude + 1))).ToArray();
            var deviation = Math.Sqrt(Enumerable.Range(0, 3).Sum(c => Variance(window.Where((_, i) => i % 6 == c)))) / 8.192;
            if (Math.Abs(deviation - 25) < 0.3)
            {
                return; // the limit itself is rounded to whole steps
            }

            var detector = new StillDetector(Map, 25, 1);
            detector.Observe(window);
            Assert.Equal(deviation < 25, detector.IsStill);
        });

    [Fact]
    public void Rest_is_so_many_still_windows_in_a_row()
    {
        var detector = new StillDetector(Map, 25, 3);
        var still = new short[128 * 6];
        var moving = Enumerable.Range(0, 128 * 6).Select(i => (short)(i % 12 == 0 ? 4000 : 0)).ToArray();
        bool[] atRest = [.. ((short[][])[still, still, moving, still, still, still, still]).Select(w =>
        {
            detector.Observe(w);
            return detector.IsAtRest;
        })];
        Assert.Equal([false, false, false, false, false, true, true], atRest);
    }

    [Fact]
    public void Rotation_alone_does_not_count()
    {
        var detector = new StillDetector(Map, 25, 1);
        detector.Observe(Enumerable.Range(0, 128 * 6).Select(i => (short)(i % 12 == 3 ? 9000 : 0)).ToArray());
        Assert.True(detector.IsStill);
    }

    private static double Variance(IEnumerable<short> values)
    {
        var all = values.Select(v => (double)v).ToArray();
        var mean = all.Average();
        return all.Average(v => (v - mean) * (v - mean));
    }
}
