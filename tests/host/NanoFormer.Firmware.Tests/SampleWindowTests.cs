using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class SampleWindowTests
{
    [Fact]
    public void Windows_are_the_slices_of_the_stream_and_none_spans_a_gap() => Gen.Select(
        Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[1, 3], Gen.Int[0, 40].Array[1, 6]).Where(t => t.Item2 <= t.Item1).Sample(
        (size, hop, channels, stretches) =>
        {
            var window = new SampleWindow(size, hop, channels);
            var got = new List<short[]>();
            short next = 0;
            var expected = new List<short[]>();
            foreach (int length in stretches)
            {
                window.Restart();
                short[] stretch = Enumerable.Range(0, length * channels).Select(_ => next++).ToArray();
                foreach (short[] sample in stretch.Chunk(channels))
                {
                    window.Add(sample);
                    if (window.IsFull)
                    {
                        got.Add((short[])window.Samples.Clone());
                        window.Advance();
                    }
                }

                for (int start = 0; start + size <= length; start += hop)
                {
                    expected.Add(stretch[(start * channels)..((start + size) * channels)]);
                }
            }

            Assert.Equal(expected, got);
        });

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(4, 5, 1)]
    [InlineData(4, 4, 0)]
    public void Impossible_shapes_are_refused(int window, int hop, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleWindow(window, hop, channels));
}
