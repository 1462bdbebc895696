namespace NanoFormer.Data.Faults;

/// <summary>
/// Puts faults into windows of physical values. Those of a sensor strike one channel from the first half of the window to its end; an
/// imbalance is there throughout.
/// </summary>
/// <param name="options">What is injected, and how strongly.</param>
/// <param name="channels">Columns of a window.</param>
/// <param name="rateHz">Samples per second.</param>
public sealed class FaultInjector(FaultOptions options, int channels, double rateHz)
{
    private const double ReferenceHz = 30;

    private readonly FaultKind[] _kinds = [.. options.Kinds.Keys.Order()];

    /// <summary>Draws a kind by its weight.</summary>
    public FaultKind Draw(Random random)
    {
        double left = random.NextDouble() * _kinds.Sum(kind => options.Kinds[kind]);
        foreach (var kind in _kinds)
        {
            left -= options.Kinds[kind];
            if (left < 0)
            {
                return kind;
            }
        }

        return _kinds[^1];
    }

    /// <summary>Changes a window <c>[samples][channels]</c> in place.</summary>
    public void Inject(Span<double> window, FaultKind kind, Random random)
    {
        if (kind == FaultKind.Imbalance)
        {
            Vibrate(window, random);
            return;
        }

        int channel = random.Next(channels);
        double deviation = options.Deviations[channel];
        int samples = window.Length / channels;
        int start = random.Next(samples / 8, samples / 2);
        int sign = random.Next(2) == 0 ? -1 : 1;
        if (kind == FaultKind.Spikes)
        {
            Spike(window, channel, deviation, random);
            return;
        }

        double held = window[start * channels + channel];
        double size = kind switch
        {
            FaultKind.Bias => sign * Between(2, 6, random) * deviation,
            FaultKind.Drift => sign * Between(3, 8, random) * deviation,
            FaultKind.Noise => Between(0.5, 2, random) * deviation,
            FaultKind.Stuck or FaultKind.Dropped => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such fault can be injected."),
        };
        for (int i = start; i < samples; i++)
        {
            ref double value = ref window[i * channels + channel];
            value = kind switch
            {
                FaultKind.Stuck => held,
                FaultKind.Dropped => 0,
                FaultKind.Bias => (value + size),
                FaultKind.Drift => (value + size * (i - start) / (samples - start)),
                FaultKind.Noise => (value + size * Gaussian(random)),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such fault can be injected."),
            };
        }
    }

    private void Spike(Span<double> window, int channel, double deviation, Random random)
    {
        for (int left = random.Next(2, 7); left > 0; left--)
        {
            int sign = random.Next(2) == 0 ? -1 : 1;
            window[random.Next(window.Length / channels) * channels + channel] += (sign * Between(4, 10, random) * deviation);
        }
    }

    /// <summary>An elliptic vibration in the plane of two axes, and the turning that goes with it.</summary>
    private void Vibrate(Span<double> window, Random random)
    {
        double hertz = Between(options.ImbalanceHz, random);
        double amplitude = Between(options.ImbalanceAmplitude, random);
        Rotate(window, options.Accelerometer, hertz, amplitude, random);
        if (options.Gyroscope.Count > 0)
        {
            Rotate(window, options.Gyroscope, hertz, amplitude * Between(options.ImbalanceTurn, random) * ReferenceHz / hertz, random);
        }
    }

    private void Rotate(Span<double> window, IReadOnlyList<int> axes, double hertz, double amplitude, Random random)
    {
        int first = random.Next(axes.Count);
        int second = (first + 1 + random.Next(axes.Count - 1)) % axes.Count;
        double minor = amplitude * Between(0.5, 1, random);
        double phase = 2 * Math.PI * random.NextDouble();
        for (int i = 0; i < window.Length / channels; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * i / rateHz + phase);
            window[i * channels + axes[first]] += (amplitude * sine);
            window[i * channels + axes[second]] += (minor * cosine);
        }
    }

    private static double Between(IReadOnlyList<double> range, Random random) => Between(range[0], range[1], random);

    private static double Between(double low, double high, Random random) => low + (high - low) * random.NextDouble();

    /// <summary>A standard normal number, by Box and Muller's transform.</summary>
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
