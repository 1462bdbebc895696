using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy.Tests;

/// <summary>A device with known energy per inference before an instrument with known faults; what is true is known apart from the reader.</summary>
internal sealed class SyntheticTrace
{
    public const double Period = 1e-4;
    public const double IdleWatts = 1e-3;
    public const double RunWatts = 20e-3;
    public const double InferenceSeconds = 8e-3;
    public const double IdleSeconds = 12e-3;

    /// <summary>Mean energy above idle, in joules.</summary>
    public const double TrueJoules = (RunWatts - IdleWatts) * InferenceSeconds;

    private readonly Random _random;
    private readonly double _gain;
    private readonly int _inferences;
    private readonly bool _isFaulty;

    public SyntheticTrace(int seed, int inferences, double gainPercent = 0, bool isFaulty = true)
    {
        _random = new Random(seed);
        _inferences = inferences;
        _isFaulty = isFaulty;
        _gain = 1 + (gainPercent / 100 * ((2 * _random.NextDouble()) - 1));
    }

    public IEnumerable<(double Seconds, double Watts, int Pins)> Samples()
    {
        long number = 0L;
        double drift = (0.6 * _random.NextDouble()) - 0.3; // of the idle power, over the whole trace
        double length = _inferences * (InferenceSeconds + IdleSeconds);
        double wander = 0.0;
        (double, double, int) Sample(double watts, int pins)
        {
            double time = number++ * Period;
            wander += _isFaulty ? 2e-7 * Normal() : 0;
            double idle = _isFaulty ? IdleWatts * drift * time / length : 0;
            return (time, ((watts + idle + wander) * _gain) + (_isFaulty ? 2e-4 * Normal() : 0), pins);
        }

        for (int i = 0; i <= _inferences; i++)
        {
            int pause = Steps(IdleSeconds * (_isFaulty ? 1 + (0.3 * _random.NextDouble()) : 1));
            for (int step = 0; step < pause; step++)
            {
                yield return Sample(IdleWatts, 0);
            }

            if (i == _inferences)
            {
                yield break;
            }
            // Each inference takes its own time, the mean being the nominal one; the marker may be missed, and an edge be seen a sample late.
            int run = Steps(InferenceSeconds * (_isFaulty ? 1 + (0.02 * Normal()) : 1));
            bool isMissed = _isFaulty && _random.NextDouble() < 0.02;
            var (late, early) = _isFaulty ? (_random.Next(2), _random.Next(2)) : (0, 0);
            for (int step = 0; step < run; step++)
            {
                // A range switch in the first sample: a spike of either sign.
                double spike = _isFaulty && step == 0 ? 5e-3 * Normal() : 0;
                yield return Sample(RunWatts + spike, isMissed || step < late || step >= run - early ? 0 : 1);
            }
        }
    }

    public IEnumerable<TraceBlock> Blocks()
    {
        var block = new TraceBlock();
        foreach (var (seconds, watts, pins) in Samples())
        {
            block.Add(seconds, watts, pins);
            if (block.IsFull)
            {
                yield return block;
                block.Count = 0;
            }
        }

        yield return block;
    }

    // Rounded at random, so that the mean is not.
    private int Steps(double seconds) => (int)Math.Floor((seconds / Period) + (_isFaulty ? _random.NextDouble() : 0.5));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
