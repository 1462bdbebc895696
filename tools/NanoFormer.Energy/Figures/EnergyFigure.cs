using System.Globalization;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy.Figures;

/// <summary>An inference that was measured.</summary>
/// <param name="Start">When it began, in seconds of the trace.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Joules">Energy in it, idle included.</param>
/// <param name="IdleWatts">Idle power at that moment; 0 where none is subtracted.</param>
public readonly record struct Inference(double Start, double Seconds, double Joules, double IdleWatts)
{
    /// <summary>Energy above idle in joules.</summary>
    public double Net => Joules - (IdleWatts * Seconds);
}

/// <summary>What the figure depends on beside the trace.</summary>
/// <param name="PerSegment">Inferences in a segment: 1, or the number of a run between MLPerf's edges.</param>
/// <param name="SubtractsIdle">Whether idle power is subtracted.</param>
/// <param name="IdleWatts">That power; null to measure it between the inferences.</param>
/// <param name="GuardSeconds">What of a segment's length lies before and after the marker.</param>
/// <param name="GainPercent">Limit of the instrument's gain error; null when unknown.</param>
/// <param name="VoltagePercent">Limit of the supply's error; 0 where power was measured.</param>
/// <param name="TargetPercent">Wanted half-width of the 95 % interval, in percent of the figure.</param>
public sealed record FigureSettings(
    int PerSegment, bool SubtractsIdle, double? IdleWatts, double GuardSeconds, double? GainPercent, double VoltagePercent, double TargetPercent);

/// <summary>Energy per inference, measured, with its uncertainty.</summary>
public sealed class EnergyFigure
{
    private const double Coverage = 1.96;

    private readonly List<TraceFinding> _findings = [];

    /// <summary>Computes it from the segments of a trace.</summary>
    /// <exception cref="EnergyException">No whole inference is among them.</exception>
    public EnergyFigure(IReadOnlyList<Segment> segments, double totalJoules, FigureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(segments);
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        Inferences = Select(segments);
        if (Inferences.Count == 0)
        {
            throw new EnergyException(EnergyError.NoInference, "no whole inference is in the trace: record longer, or name the pin that rises and falls with --marker.");
        }

        double[] net = [.. Inferences.Select(inference => inference.Net / settings.PerSegment)];
        Mean = net.Average();
        Gross = Inferences.Average(inference => inference.Joules) / settings.PerSegment;
        double[] sorted = [.. net.Order()];
        Median = sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        Deviation = net.Length < 2 ? double.NaN : Math.Sqrt(net.Sum(value => (value - Mean) * (value - Mean)) / (net.Length - 1));
        TypeA = Uncertainty.OfMean(net);
        double[] limits = [Mean * (settings.GainPercent ?? 0) / 100, Mean * settings.VoltagePercent / 100];
        TypeB = Math.Sqrt(limits.Sum(limit => limit * limit / 3));
        HalfWidth = net.Length < 2 ? double.NaN : Uncertainty.HalfWidth95(TypeA, net.Length - 1, limits);
        Needed = net.Length < 2 ? null : (long)Math.Max(2, Math.Ceiling(Math.Pow(Coverage * TypeA * Math.Sqrt(net.Length) / (Mean * settings.TargetPercent / 100), 2)));
        IdleWatts = Inferences.Average(inference => inference.IdleWatts);
        // The pin is high for less than a segment lasts, by the guards.
        Seconds = (Inferences.Average(inference => inference.Seconds) - (2 * settings.GuardSeconds)) / settings.PerSegment;
        WholeWindow = OfWholeWindow(segments, totalJoules);
        if (settings.GainPercent is null)
        {
            _findings.Add(new TraceFinding("no_instrument", "the instrument's accuracy is unknown: the interval holds the scatter and the supply alone; name it with --instrument or --accuracy PERCENT"));
        }
    }

    /// <summary>What it was computed with.</summary>
    public FigureSettings Settings { get; }

    /// <summary>The inferences that count.</summary>
    public IReadOnlyList<Inference> Inferences { get; }

    /// <summary>Segments that were left out: cut off, merged by a missed edge, or glitches.</summary>
    public int Dropped { get; private set; }

    /// <summary>Mean energy of an inference above idle, in joules: the figure.</summary>
    public double Mean { get; }

    /// <summary>The same with the idle power in it.</summary>
    public double Gross { get; }

    /// <summary>Median of the energies above idle.</summary>
    public double Median { get; }

    /// <summary>Standard deviation of one inference; NaN for one alone.</summary>
    public double Deviation { get; }

    /// <summary>Standard uncertainty of the mean by its scatter; NaN for one inference alone.</summary>
    public double TypeA { get; }

    /// <summary>Standard uncertainty by the limits of instrument and supply.</summary>
    public double TypeB { get; }

    /// <summary>Half of the 95 % interval; NaN for one inference alone.</summary>
    public double HalfWidth { get; }

    /// <summary>Inferences needed for the wanted interval, by the scatter; null for one alone.</summary>
    public long? Needed { get; }

    /// <summary>Mean idle power in watts.</summary>
    public double IdleWatts { get; }

    /// <summary>Mean length of an inference in seconds.</summary>
    public double Seconds { get; }

    /// <summary>What averaging over the whole recording would give, with the idle power before the first inference; NaN without that.</summary>
    public double WholeWindow { get; }

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<TraceFinding> Findings => _findings;

    private List<Inference> Select(IReadOnlyList<Segment> segments)
    {
        Segment[] high = [.. segments.Where(segment => segment.IsHigh && segment.IsWhole)];
        if (high.Length == 0)
        {
            return [];
        }

        double usual = MedianOf(high.Select(segment => segment.Seconds));
        var idle = IdleStretches(segments, MedianOf(high.Select(segment => segment.Watts)));
        var chosen = new List<Inference>(high.Length);
        var (merged, glitches, next) = (0, 0, 0);
        foreach (var segment in high)
        {
            if (segment.Seconds > 1.7 * usual || segment.Seconds < 0.3 * usual)
            {
                (merged, glitches) = segment.Seconds > usual ? (merged + 1, glitches) : (merged, glitches + 1);
                continue;
            }

            while (next < idle.Count && idle[next].Start < segment.Start)
            {
                next++;
            }

            chosen.Add(new Inference(segment.Start, segment.Seconds, segment.Joules, !Settings.SubtractsIdle ? 0 : Settings.IdleWatts ?? IdleAt(segment.Middle, idle, next)));
        }

        int cut = segments.Count(segment => segment.IsHigh && !segment.IsWhole);
        Dropped = merged + glitches + cut;
        Tell(merged, "missed_edge", "are much longer than usual: an edge between two inferences was missed");
        Tell(glitches, "glitch", "are much shorter than usual");
        Tell(cut, "cut_off", "are cut off by the trace's ends or have samples missing");
        if (Settings is { SubtractsIdle: true, IdleWatts: null } && idle.Count == 0)
        {
            _findings.Add(new TraceFinding("no_idle", "no idle stretch is between the inferences: nothing is subtracted; say the idle power with --idle"));
        }

        return chosen;
    }

    private void Tell(int count, string name, string what)
    {
        if (count > 0)
        {
            _findings.Add(new TraceFinding(name, string.Create(CultureInfo.InvariantCulture, $"{count} of the marker's stretches {what}; left out")));
        }
    }

    /// <summary>Stretches of idle that hold no inference whose marker was missed.</summary>
    private List<Segment> IdleStretches(IReadOnlyList<Segment> segments, double runWatts)
    {
        const int Around = 4;
        Segment[] low = [.. segments.Where(segment => !segment.IsHigh && segment.Samples > 0 && (segment.IsWhole || segments.Count <= 3))];
        var chosen = new List<Segment>(low.Length);
        int rejected = 0;
        for (int i = 0; i < low.Length; i++)
        {
            double[] near = [.. low[Math.Max(0, i - Around)..Math.Min(low.Length, i + Around + 1)].Select(segment => segment.Watts)];
            double middle = MedianOf(near);
            double spread = MedianOf(near.Select(watts => Math.Abs(watts - middle)));
            if (near.Length >= 3 && Math.Abs(low[i].Watts - middle) > (8 * spread) + (0.03 * Math.Abs(runWatts - middle)))
            {
                rejected++;
                continue;
            }

            chosen.Add(low[i]);
        }

        if (rejected > 0)
        {
            _findings.Add(new TraceFinding("unmarked_work", string.Create(CultureInfo.InvariantCulture,
                $"{rejected} stretches between inferences use other power than those around them (an inference without a marker?); not used as idle")));
        }

        return chosen;
    }

    /// <summary>Idle power at a moment: between the stretches before and after it, so that a drift does no harm.</summary>
    private static double IdleAt(double time, List<Segment> idle, int next)
    {
        if (idle.Count == 0)
        {
            return 0;
        }

        if (next == 0 || next == idle.Count)
        {
            return idle[next == 0 ? 0 : ^1].Watts;
        }

        var (before, after) = (idle[next - 1], idle[next]);
        double share = (time - before.Middle) / (after.Middle - before.Middle);
        return before.Watts + (share * (after.Watts - before.Watts));
    }

    private double OfWholeWindow(IReadOnlyList<Segment> segments, double totalJoules)
    {
        if (segments is not [{ IsHigh: false, Samples: > 0 } first, ..] || !Settings.SubtractsIdle)
        {
            return double.NaN;
        }

        double length = segments[^1].Start + segments[^1].Seconds - first.Start;
        return (totalJoules - (first.Watts * length)) / (segments.Count(segment => segment.IsHigh) * Settings.PerSegment);
    }

    /// <summary>The median; of an even number the higher of the two in the middle; NaN of none.</summary>
    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
