using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class BlockAverageTests
{
    [Fact]
    public void It_gives_the_mean_of_every_block()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Short.Array[2, 200]).Sample((block, values) =>
        {
            var average = new BlockAverage(block, 1);
            for (int i = 0; i < values.Length; i++)
            {
                bool whole = average.Add([values[i]]);
                Assert.Equal((i + 1) % block == 0, whole);
                if (whole)
                {
                    decimal mean = values[(i + 1 - block)..(i + 1)].Average(v => (decimal)v);
                    Assert.Equal((short)Math.Round(mean, MidpointRounding.AwayFromZero), average.Mean[0]);
                }
            }
        });
    }

    [Fact]
    public void A_restart_drops_the_unfinished_block()
    {
        var average = new BlockAverage(2, 2);

        Assert.False(average.Add([100, -100]));
        average.Restart();
        Assert.False(average.Add([1, -1]));
        Assert.True(average.Add([2, -2]));
        Assert.Equal([2, -2], average.Mean);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(32769, 1)]
    [InlineData(1, 0)]
    public void Impossible_shapes_are_refused(int block, int channels)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockAverage(block, channels));
    }
}
