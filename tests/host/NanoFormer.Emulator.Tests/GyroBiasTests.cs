namespace NanoFormer.Emulator.Tests;

public class GyroBiasTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    public void After_settling_it_equals_a_double_precision_Butterworth_filter(int rate)
    {
        var bias = new GyroBias(rate);
        var reference = new Butterworth(0.1, rate);
        var random = new Random(1);
        double worst = 0.0;
        for (int i = 0; i < 60 * rate; i++)
        {
            double t = i / (double)rate;
            short x = (short)(700 + (3000 * Math.Sin(2 * Math.PI * 1.7 * t)) + (900 * Math.Sin(2 * Math.PI * 0.13 * t))
                + random.Next(-200, 200));
            short[] sample = [0, 0, 0, x, x, x];
            bias.Remove(sample, 3);
            double expected = x - reference.Next(x);
            if (t > 30)
            {
                worst = Math.Max(worst, Math.Abs(sample[3] - expected));
            }
        }

        // Two kinds of digital filter for one analog one: within half a percent of the signal's 4000 steps.
        Assert.InRange(worst, 0, 20);
    }

    [Fact]
    public void An_offset_of_twenty_degrees_a_second_is_gone_after_a_second_of_walking()
    {
        var bias = new GyroBias(100);
        for (int i = 0; i < 100; i++)
        {
            bias.Remove([0, 0, 0, (short)(1310 + (4000 * Math.Sin(2 * Math.PI * 2 * i / 100.0))), 0, 0], 3);
        }

        Assert.InRange(bias.Bias(0), 1290, 1330);
    }

    [Fact]
    public void A_still_stretch_sets_the_bias_to_its_mean_and_a_moving_one_does_not()
    {
        var bias = new GyroBias(100);
        Feed(bias, 0, 1000);
        bias.EndStretch(false);
        Feed(bias, 655, 128);
        bias.EndStretch(false);
        Assert.NotEqual(655, bias.Bias(1));
        Feed(bias, 655, 128);
        bias.EndStretch(true);
        Assert.Equal(655, bias.Bias(1));
    }

    [Fact]
    public void Acceleration_passes_and_the_result_saturates()
    {
        var bias = new GyroBias(100);
        Feed(bias, -20_000, 1000);
        short[] sample = [1, 2, 3, 32_000, -32_000, 0];
        bias.Remove(sample, 3);
        Assert.Equal([1, 2, 3, short.MaxValue], sample[..4]);
    }

    private static void Feed(GyroBias bias, short value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            bias.Remove([0, 0, 0, value, value, value], 3);
        }
    }

    /// <summary>Second-order Butterworth low-pass by the bilinear transform, zero initial state.</summary>
    private sealed class Butterworth
    {
        private readonly double _b0;
        private readonly double _a1;
        private readonly double _a2;
        private double _x1;
        private double _x2;
        private double _y1;
        private double _y2;

        public Butterworth(double corner, double rate)
        {
            double k = Math.Tan(Math.PI * corner / rate);
            double norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
            _b0 = k * k * norm;
            _a1 = 2 * ((k * k) - 1) * norm;
            _a2 = (1 - (Math.Sqrt(2) * k) + (k * k)) * norm;
        }

        public double Next(double x)
        {
            double y = (_b0 * (x + (2 * _x1) + _x2)) - (_a1 * _y1) - (_a2 * _y2);
            (_x2, _x1, _y2, _y1) = (_x1, x, _y1, y);
            return y;
        }
    }
}
