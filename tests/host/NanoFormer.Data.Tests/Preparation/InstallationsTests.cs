using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Tests.Preparation;

public class InstallationsTests
{
    private static readonly InstallationOptions Options = new() { BaselineSamples = 40, BlockSamples = 4 };

    [Fact]
    public void Two_installations_that_differ_in_level_and_size_become_alike()
    {
        var one = Installations.Normalize(Machine(103, value => 10 * value), Options);
        var other = Installations.Normalize(Machine(103, value => 500 - 20 * value), Options);

        Assert.Equal(25, one.SampleCount); // three samples make no block
        Assert.Equal(0.25, one.RateHz);
        Assert.Equal(("spread", 1.0 / 256), (one.Channels[0].Unit, one.Channels[0].Scale));
        Assert.Equal("machine", one.Subject);
        Assert.All(one.Samples.Zip(other.Samples), pair => Assert.InRange(pair.First + pair.Second, -64, 64)); // the other is upside down
    }

    [Fact]
    public void Blocks_are_means_of_samples_against_the_baseline()
    {
        // 0..9 over and over: median 4, deciles 1 and 8, a spread of 2.734 steps; blocks begin at sample 1.
        var blocks = Installations.Normalize(Machine(60, value => value), Options, phase: 1);

        double[] expected = [.. Enumerable.Range(0, 14).Select(block =>
            Enumerable.Range(0, 4).Average(i => ((1 + 4 * block + i) % 10 - 4) / 2.734 * 256))];
        Assert.Equal(expected.Length, blocks.SampleCount);
        Assert.All(expected.Zip(blocks.Samples), pair => Assert.Equal(pair.First, pair.Second, 1.5));
    }

    [Fact]
    public void The_baseline_is_learnt_from_at_every_phase_and_what_follows_is_judged()
    {
        var machine = Machine(95, value => value, anomalousFrom: 70);

        var usual = Installations.ToLearn(machine, Options).ToArray();
        var rest = Installations.Rest(machine, Options, windowBlocks: 3);
        int[][] spoken = Installations.Spoken(machine, Options);

        Assert.Equal([10, 9, 9, 9], usual.Select(part => part.SampleCount));
        Assert.Equal(13 + 2, rest.SampleCount); // blocks 10 to 22, and two before them to fill the first window
        Assert.Equal(13, spoken.Length);
        Assert.Equal(machine.Labels![40..], spoken.SelectMany(labels => labels));
        Assert.Equal(4 + 3, spoken[^1].Length); // with the samples that make no block
        Assert.Equal([.. Enumerable.Range(8, 15).Select(block => 4 * block + 3 >= 70 ? 1 : 0)], rest.Labels!);
    }

    [Fact]
    public void What_is_normal_throughout_is_learnt_from_in_pieces_with_baselines_of_their_own()
    {
        var options = Options with { NormalRecordings = ["machine"], PieceSamples = 60, PieceHopSamples = 20 };

        var pieces = Installations.ToLearn(Machine(125, value => value), options).ToArray();

        Assert.Equal(4 * 4, pieces.Length); // starts 0, 20, 40, 60; four phases
        Assert.Equal(pieces[0].Samples, pieces[4].Samples); // the same values as every 20 samples repeat
    }

    [Fact]
    public void A_spread_is_at_least_what_is_asked_for_in_the_channels_unit()
    {
        var narrow = Installations.Normalize(Machine(60, value => value), Options with { SmallestSpreads = [0.5] }); // a step is 0.01

        Assert.All(narrow.Samples, value => Assert.InRange(value, -256 * 5 / 50, 256 * 5 / 50));
    }

    [Fact]
    public void A_recording_shorter_than_its_baseline_is_refused()
    {
        var fault = Assert.Throws<DataException>(() => Installations.Normalize(Machine(39, value => value), Options));

        Assert.Equal(DataError.Incompatible, fault.Error);
        Assert.Contains("machine has 39 samples", fault.Message, StringComparison.Ordinal);
    }

    private static Recording Machine(int samples, Func<int, int> value, int anomalousFrom = int.MaxValue) => new()
    {
        Name = "machine",
        RateHz = 1,
        Channels = [new ChannelInfo("pressure", "bar", 0.01)],
        Samples = [.. Enumerable.Range(0, samples).Select(i => (short)value(i % 10))],
        Labels = [.. Enumerable.Range(0, samples).Select(i => i >= anomalousFrom ? 1 : 0)],
        ClassNames = ["NORMAL", "ANOMALY"],
    };
}
