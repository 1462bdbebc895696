using CsCheck;

namespace NanoFormer.Emulator.Tests;

public class SampleClockTests
{
    private const int Nominal = 10_000_000;

    [Fact]
    public void It_finds_the_true_period_to_one_part_in_a_thousand_within_half_a_minute_whatever_the_jitter() =>
        Gen.Select(Gen.Double[0.92, 1.08], Gen.Int[50_000, 400_000].Array[200]).Sample((ratio, pauses) =>
        {
            var clock = new SampleClock(Nominal);
            var reader = new FifoReader(ratio * Nominal / 1000, 0);
            clock.Restart(0);
            foreach (int pause in pauses.TakeWhile(_ => reader.Now < 30_000_000))
            {
                clock.Observe(reader.ReadAfter(pause), reader.Now);
            }

            Assert.InRange(clock.PeriodNanoseconds, ratio * Nominal * 0.999, ratio * Nominal * 1.001);
        }, iter: 200);

    [Fact]
    public void It_follows_a_slow_drift()
    {
        var clock = new SampleClock(Nominal);
        clock.Restart(0);
        var reader = new FifoReader(10_000, 0);
        for (int i = 0; i < 4000; i++)
        {
            reader.Period = 10_000 + (i * 0.05); // 2 % in 27 minutes
            clock.Observe(reader.ReadAfter(400_000), reader.Now);
        }

        Assert.InRange(clock.PeriodNanoseconds, reader.Period * 1000 * 0.998, reader.Period * 1000 * 1.002);
    }

    [Fact]
    public void A_gap_does_not_count_as_slowness()
    {
        var clock = new SampleClock(Nominal);
        var reader = new FifoReader(10_200, 0);
        clock.Restart(0);
        for (int wake = 0; wake < 20; wake++)
        {
            for (int i = 0; i < 20; i++)
            {
                clock.Observe(reader.ReadAfter(400_000), reader.Now);
            }

            reader.ReadAfter(60_000_000);
            clock.Restart(reader.Now);
        }

        Assert.InRange(clock.PeriodNanoseconds, 10_190_000, 10_210_000);
    }

    [Fact]
    public void An_impossible_rate_is_not_believed()
    {
        var clock = new SampleClock(Nominal);
        clock.Restart(0);
        clock.Observe(200, 5_000_000);
        Assert.Equal(Nominal, clock.PeriodNanoseconds);
    }

    /// <summary>Counts samples taken at multiples of a period, as a FIFO does.</summary>
    private sealed class FifoReader(double period, long now)
    {
        private double _next = now + period;

        public double Period { get; set; } = period;

        public long Now { get; private set; } = now;

        public int ReadAfter(long microseconds)
        {
            Now += microseconds;
            int count = 0;
            for (; _next <= Now; _next += Period)
            {
                count++;
            }

            return count;
        }
    }
}
