using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy;

/// <summary>A phase that an input of the trace marks while it is high.</summary>
/// <param name="Name">What the device does then, such as <c>capture</c>.</param>
/// <param name="Pin">Number of the input, 0 for D0.</param>
public readonly record struct MarkedPhase(string Name, int Pin);

/// <summary>Time and energy of a phase.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Time in it.</param>
/// <param name="Joules">Energy in it, idle included.</param>
public readonly record struct PhaseEnergy(string Name, double Seconds, double Joules)
{
    /// <summary>Mean power in watts; NaN when there was none of it.</summary>
    public double Watts => Joules / Seconds;
}

/// <summary>
/// Sums a trace by phases. A sample belongs to the inference while that is marked, else to the first phase whose input is high, else to
/// the rest, in which the device idles.
/// </summary>
/// <param name="levelOf">Tells whether an inference runs.</param>
/// <param name="phases">The other phases.</param>
public sealed class PhaseMeter(LevelOf levelOf, IReadOnlyList<MarkedPhase> phases)
{
    /// <summary>Name of the phase that the marker itself shows.</summary>
    public const string Inference = "inference";

    /// <summary>Name of what no input marks.</summary>
    public const string Idle = "idle";

    private readonly double[] _seconds = new double[phases.Count + 2];
    private readonly double[] _joules = new double[phases.Count + 2];
    private double _last = double.NaN, _lastWatts, _step;
    private int _phase;

    /// <summary>The phases: the inference, those that are marked, the rest.</summary>
    public IReadOnlyList<PhaseEnergy> Phases
    {
        get
        {
            string[] names = [Inference, .. phases.Select(phase => phase.Name), Idle];
            return [.. names.Select((name, i) => new PhaseEnergy(name, _seconds[i], _joules[i]))];
        }
    }

    /// <summary>Takes a block.</summary>
    public void Take(TraceBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        for (int i = 0; i < block.Count; i++)
        {
            double step = block.Seconds[i] - _last;
            // Nobody knows what happened where samples are missing.
            if (step > 0 && !(_step > 0 && step > 1.6 * _step))
            {
                Book(step);
                _step = step;
            }

            _last = block.Seconds[i];
            _lastWatts = block.Watts[i];
            _phase = PhaseOf(block.Watts[i], block.Pins[i], block.Seconds[i]);
        }
    }

    /// <summary>The trace is at its end.</summary>
    public void End() => Book(_step);

    private void Book(double step)
    {
        if (!double.IsNaN(_lastWatts))
        {
            _seconds[_phase] += step;
            _joules[_phase] += step * _lastWatts;
        }
    }

    private int PhaseOf(double watts, ushort pins, double seconds)
    {
        if (levelOf(watts, pins, seconds))
        {
            return 0;
        }

        for (int i = 0; i < phases.Count; i++)
        {
            if ((pins >> phases[i].Pin & 1) != 0)
            {
                return i + 1;
            }
        }

        return phases.Count + 1;
    }
}
