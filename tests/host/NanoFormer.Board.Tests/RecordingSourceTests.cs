namespace NanoFormer.Board.Tests;

public class RecordingSourceTests
{
    [Fact]
    public void Samples_are_met_exactly_and_straight_lines_stay_straight()
    {
        float[][] rows = Enumerable.Range(0, 20).Select(i => new[] { i, 2f * i, -i, 10f * i, 0, 1 }).ToArray();
        var source = new RecordingSource("ramp", rows, 50);
        for (int index = 1; index < 17; index++)
        {
            Assert.Equal(index, source.At(index / 50.0).Acceleration.X, 1e-4f);
            Assert.Equal(index + 0.25f, source.At((index + 0.25) / 50).Acceleration.X, 1e-4f);
            Assert.Equal(10 * (index + 0.25f), source.At((index + 0.25) / 50).AngularRate.X, 1e-3f);
        }
    }

    [Fact]
    public void A_slow_sine_is_interpolated_to_a_thousandth()
    {
        float[][] rows = Enumerable.Range(0, 500).Select(i => new[] { (float)Math.Sin(2 * Math.PI * 2 * i / 50), 0, 0, 0, 0, 0 }).ToArray();
        var source = new RecordingSource("sine", rows, 50);
        for (double t = 1.0; t < 9; t += 0.0037)
        {
            Assert.Equal(Math.Sin(2 * Math.PI * 2 * t), source.At(t).Acceleration.X, 0.004);
        }
    }

    [Fact]
    public void Times_outside_give_the_ends_and_labels_belong_to_samples()
    {
        var source = new RecordingSource("two", [[1, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0]], 2, ["A", null]);
        Assert.Equal(1, source.At(-5).Acceleration.X);
        Assert.Equal(2, source.At(50).Acceleration.X);
        Assert.Equal(("A", "A", null, null), (source.LabelAt(0), source.LabelAt(0.49), source.LabelAt(0.5), source.LabelAt(9)));
        Assert.Equal(1.0, source.DurationSeconds);
    }

    [Fact]
    public void Malformed_recordings_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RecordingSource("none", Array.Empty<float[]>(), 50));
        Assert.Throws<ArgumentException>(() => new RecordingSource("short row", [[1, 2, 3]], 50));
        Assert.Throws<ArgumentException>(() => new RecordingSource("labels", [[1, 2, 3, 4, 5, 6]], 50, ["A", "B"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingSource("rate", [[1, 2, 3, 4, 5, 6]], 0));
    }
}
