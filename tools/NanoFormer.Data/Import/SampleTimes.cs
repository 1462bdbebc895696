namespace NanoFormer.Data.Import;

/// <summary>What the time stamps of a recording tell: its rate, and whether they are those of packets.</summary>
internal sealed class SampleTimes
{
    private const double RegularSteps = 1.5;

    private SampleTimes(LogHistogram steps, PacketTimes? packets)
    {
        double? median = steps.Median(withZeros: false);
        RateHz = median is { } usual ? 1 / steps.MeanUpTo(RegularSteps * usual) : null;
        Packets = packets;
    }

    /// <summary>
    /// The inverse of the mean step, over the steps up to one and a half times the median (longer ones are gaps); null for fewer
    /// than two samples. A mean, because stamps rounded to milliseconds have a median that is off by up to half a millisecond.
    /// </summary>
    public double? RateHz { get; }

    /// <summary>The packets, where the stamps are theirs and not the samples'.</summary>
    public PacketTimes? Packets { get; }

    /// <summary>Reads the stamps once, and again where they may be those of packets.</summary>
    public static SampleTimes Of(IEnumerable<SourceSample> samples)
    {
        var steps = new LogHistogram();
        double? before = null;
        foreach (var sample in samples)
        {
            if (sample.Seconds >= before)
            {
                steps.Add(sample.Seconds - before.Value);
            }

            before = sample.Seconds;
        }

        return new SampleTimes(steps, PacketTimes.Find(samples, steps));
    }

    /// <summary>A rate in five significant digits, which is finer than the clocks that the samples come from.</summary>
    public static double Round(double rate)
    {
        double digits = Math.Pow(10, 4 - Math.Floor(Math.Log10(rate)));
        return Math.Round(rate * digits) / digits;
    }
}

/// <summary>
/// Samples that came in packets, by radio or in whole seconds: within a packet the stamps stand still or run too fast, and the time from
/// one packet to the next goes with the number of samples in it.
/// </summary>
/// <param name="Period">Seconds between two samples, by the samples over the time from packet to packet.</param>
/// <param name="Gap">A longer step begins the next packet.</param>
/// <param name="Largest">Samples of a large packet.</param>
internal sealed record PacketTimes(double Period, double Gap, int Largest)
{
    private const double RegularSteps = 1.5;
    private const double EqualStamps = 0.2;  // of all steps; from this share on equal stamps are not a slip
    private const double MuchFaster = 2;     // stamps within a packet than the samples
    private const double Alike = 0.35;       // by which packets may differ in their period
    private const double Mostly = 0.7;
    private const int LargestPacket = 256;
    private const int FewestPackets = 4;
    private const int PacketsOfBlock = 8;
    private const double FewestOfPacket = 1.25; // samples in the mean
    private const double Lost = 0.75;        // of a packet's time by which the next one is late

    /// <summary>The packets of a recording; null when its stamps are those of samples.</summary>
    public static PacketTimes? Find(IEnumerable<SourceSample> samples, LogHistogram steps)
    {
        double within = steps.Zeros >= EqualStamps * steps.Count ? 0 : steps.Median() ?? 0;
        double gap = RegularSteps * within;
        if (steps.CountAbove(gap) < Math.Max(FewestPackets, steps.Count / LargestPacket))
        {
            return null;
        }

        var packets = Packets(samples, gap).ToArray();
        if (packets.Length < FewestPackets)
        {
            return null;
        }

        int[] counts = packets.Select(packet => packet.Count).Order().ToArray();
        // Equal stamps are those of packets for sure; of what comes in packets of different sizes only several together tell the period.
        var blocks = within == 0 && packets.Length >= FewestPackets * PacketsOfBlock
            ? [.. packets.Chunk(PacketsOfBlock).Select(some => (Count: some.Sum(packet => packet.Count), Seconds: some.Sum(packet => packet.Seconds)))]
            : packets;
        double period = blocks.Select(block => block.Seconds / block.Count).Order().ElementAt(blocks.Length / 2);
        var alike = blocks.Where(block => Math.Abs(block.Seconds / block.Count - period) <= Alike * period).ToArray();
        bool areSeveral = counts[counts.Length / 2] > 1 || (within == 0 && counts.Average() >= FewestOfPacket);
        return areSeveral && counts[counts.Length / 2] <= LargestPacket && period >= MuchFaster * within && period > 0
            && alike.Length >= Mostly * blocks.Length
            ? new PacketTimes(alike.Sum(packet => packet.Seconds) / alike.Sum(packet => packet.Count), gap, counts[^1])
            : null;
    }

    /// <summary>The samples at even steps; where a packet is late by most of its time, samples are missing.</summary>
    public IEnumerable<SourceSample> Spread(IEnumerable<SourceSample> samples)
    {
        double? before = null;
        double next = 0.0;
        double late = Lost * Largest * Period;
        foreach (var sample in samples)
        {
            bool isLoss = before is not null && sample.Seconds - before > Gap && sample.Seconds - next > late;
            next = before is null || isLoss ? sample.Seconds : next;
            before = sample.Seconds;
            yield return sample with { Seconds = next, FollowsLoss = sample.FollowsLoss || isLoss };
            next += Period;
        }
    }

    /// <summary>Samples of each packet but the last, and seconds to the next one.</summary>
    private static IEnumerable<(int Count, double Seconds)> Packets(IEnumerable<SourceSample> samples, double gap)
    {
        int count = 0;
        var (begin, before) = (0.0, 0.0);
        foreach (var sample in samples)
        {
            if (count > 0 && sample.Seconds < before)
            {
                count = 0; // the clock was set
            }
            else if (count > 0 && sample.Seconds - before > gap)
            {
                yield return (count, sample.Seconds - begin);
                count = 0;
            }

            begin = count == 0 ? sample.Seconds : begin;
            before = sample.Seconds;
            count++;
        }
    }
}
