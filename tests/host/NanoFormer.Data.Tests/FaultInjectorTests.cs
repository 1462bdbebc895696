using NanoFormer.Data.Faults;

namespace NanoFormer.Data.Tests;

public sealed class FaultInjectorTests
{
    private const int Channels = 3;
    private const int Samples = 64;
    private const double RateHz = 200;

    private static readonly FaultOptions Options = new() { Deviations = [1, 2, 3], ImbalanceHz = [25, 25] };

    [Theory]
    [InlineData(FaultKind.Stuck)]
    [InlineData(FaultKind.Dropped)]
    [InlineData(FaultKind.Spikes)]
    [InlineData(FaultKind.Bias)]
    [InlineData(FaultKind.Drift)]
    [InlineData(FaultKind.Noise)]
    public void A_sensor_fault_strikes_one_channel_and_leaves_the_beginning_alone(FaultKind kind)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double[] healthy = Ramp();
            double[] window = Injected(kind, seed);
            int[] struck = [.. Enumerable.Range(0, healthy.Length).Where(i => window[i] != healthy[i])];

            Assert.NotEmpty(struck);
            Assert.Single(struck.Select(i => i % Channels).Distinct());
            Assert.True(kind == FaultKind.Spikes || struck.Min() / Channels >= Samples / 8);
        }
    }

    [Fact]
    public void A_fault_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Injected((FaultKind)99, seed: 1));

    [Fact]
    public void Faults_do_to_the_signal_what_their_names_say()
    {
        Assert.All(Tail(Injected(FaultKind.Dropped, seed: 1)), value => Assert.Equal(0, value));
        Assert.Single(Tail(Injected(FaultKind.Stuck, seed: 1)).Distinct());
        Assert.Single(Tail(Difference(FaultKind.Bias)).Select(step => Math.Round(step, 9)).Distinct());
        Assert.InRange(Difference(FaultKind.Spikes).Count(change => change != 0), 1, 6);
        double[] drift = Tail(Difference(FaultKind.Drift));
        Assert.Equal(drift[^1] - drift[^2], drift[^2] - drift[^3], 9);
    }

    [Fact]
    public void An_imbalance_is_a_vibration_of_its_frequency_on_two_axes()
    {
        double[] window = Injected(FaultKind.Imbalance, seed: 3);
        double[] healthy = Ramp();
        int period = (int)(RateHz / 25);
        int struck = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            double[] change = [.. Enumerable.Range(0, Samples).Select(i => window[i * Channels + channel] - healthy[i * Channels + channel])];
            struck += change.Any(value => value != 0) ? 1 : 0;
            Assert.All(Enumerable.Range(0, Samples - period), i => Assert.Equal(change[i], change[i + period], 9));
            Assert.InRange(change.Max(Math.Abs), 0, 3);
        }

        Assert.Equal(2, struck);
    }

    [Fact]
    public void Kinds_are_drawn_by_their_weights()
    {
        var options = Options with { Kinds = new Dictionary<FaultKind, double> { [FaultKind.Bias] = 3, [FaultKind.Noise] = 1 } };
        var injector = new FaultInjector(options, Channels, RateHz);
        var random = new Random(1);

        double bias = Enumerable.Range(0, 4000).Count(_ => injector.Draw(random) == FaultKind.Bias) / 4000.0;

        Assert.InRange(bias, 0.72, 0.78);
    }

    private static double[] Ramp() => [.. Enumerable.Range(0, Samples * Channels).Select(i => 1 + 0.01 * i)];

    private static double[] Injected(FaultKind kind, int seed)
    {
        double[] window = Ramp();
        new FaultInjector(Options, Channels, RateHz).Inject(window, kind, new Random(seed));
        return window;
    }

    /// <summary>What changed on the channel that was struck, sample by sample.</summary>
    private static double[] Difference(FaultKind kind)
    {
        double[] healthy = Ramp();
        double[] window = Injected(kind, seed: 1);
        int channel = Struck(window);
        return [.. Enumerable.Range(0, Samples).Select(i => window[i * Channels + channel] - healthy[i * Channels + channel])];
    }

    private static int Struck(double[] window)
    {
        double[] healthy = Ramp();
        return Enumerable.Range(0, window.Length).First(i => window[i] != healthy[i]) % Channels;
    }

    /// <summary>The second half, in which every fault of a sensor goes on; of a whole window that of the channel that was struck.</summary>
    private static double[] Tail(double[] values) => values.Length == Samples
        ? values[(Samples / 2)..]
        : [.. Enumerable.Range(Samples / 2, Samples / 2).Select(i => values[i * Channels + Struck(values)])];
}
