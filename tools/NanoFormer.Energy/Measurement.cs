using System.Globalization;
using NanoFormer.Energy.Figures;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy;

/// <summary>What a measurement is asked for.</summary>
public sealed record MeasurementSettings
{
    /// <summary>What is known of the trace.</summary>
    public TraceOptions Trace { get; init; } = new();

    /// <summary>Number of the marker's input, 0 for D0; null to go by the log or the shape.</summary>
    public int? Marker { get; init; }

    /// <summary>Other phases that inputs mark; what they mark is no idle.</summary>
    public IReadOnlyList<MarkedPhase> Phases { get; init; } = [];

    /// <summary>How the marker tells.</summary>
    public MarkerEdges Edges { get; init; }

    /// <summary>The device's log; null without.</summary>
    public string? LogPath { get; init; }

    /// <summary>Inferences of a run between two edges.</summary>
    public int PerSegment { get; init; } = 1;

    /// <summary>Seconds around the marker that are looked at too; null to choose by the trace.</summary>
    public double? GuardSeconds { get; init; }

    /// <summary>Idle power in watts that is subtracted; null to measure it between the inferences.</summary>
    public double? IdleWatts { get; init; }

    /// <summary>Real length of the recording in seconds, to hold the trace's time against; null when unknown.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Limit of the instrument's gain error in percent; null when unknown.</summary>
    public double? GainPercent { get; init; }

    /// <summary>Limit of the supply's error in percent.</summary>
    public double VoltagePercent { get; init; }

    /// <summary>Wanted half-width of the interval in percent.</summary>
    public double TargetPercent { get; init; } = 1;
}

/// <summary>A trace that has been read, and the figure that came out.</summary>
public sealed class Measurement
{
    private const int BlocksAhead = 256;
    private const double LeastGuardShare = 0.02;
    private const int LeastGuard = 2;
    private const double SameTime = 0.01;

    private readonly List<TraceFinding> _findings = [];

    private Measurement(string format, string by, Segmenter segments, EnergyFigure figure, LogFit? fit, IReadOnlyList<PhaseEnergy> phases)
    {
        Phases = phases;
        Format = format;
        By = by;
        Segments = segments;
        Figure = figure;
        Fit = fit;
    }

    /// <summary>Kind of the trace.</summary>
    public string Format { get; }

    /// <summary>How inferences were found: <c>marker</c>, <c>log</c>, <c>shape</c>.</summary>
    public string By { get; }

    /// <summary>The trace, cut.</summary>
    public Segmenter Segments { get; }

    /// <summary>Time and energy by phase; empty unless inputs mark some.</summary>
    public IReadOnlyList<PhaseEnergy> Phases { get; }

    /// <summary>The figure.</summary>
    public EnergyFigure Figure { get; }

    /// <summary>The log's clock against the trace's; null without a log.</summary>
    public LogFit? Fit { get; }

    /// <summary>What was found, in the trace and in the figure.</summary>
    public IReadOnlyList<TraceFinding> Findings => _findings;

    /// <summary>Reads a trace and computes the figure.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="progress">Gets the share that is done, 0 to 1.</param>
    /// <exception cref="EnergyException">It cannot be read, or holds no inference.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Measurement Of(string path, MeasurementSettings settings, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var look = Look(path, settings);
        var findings = new List<TraceFinding>(look.Findings);
        var segments = new Segmenter(look.LevelOf, settings.Edges, look.Guard);
        var meter = settings.Phases.Count == 0 ? null : new PhaseMeter(look.LevelOf, settings.Phases);
        string format;
        using (var trace = Trace.Open(path, settings.Trace))
        {
            var block = new TraceBlock();
            while (trace.Read(block))
            {
                segments.Take(block);
                meter?.Take(block);
                progress?.Invoke(trace.Done);
            }

            segments.End();
            meter?.End();
            findings.AddRange(trace.Findings);
            format = trace.Format;
        }

        CheckDuration(segments, settings, findings);
        var cut = Rescue(segments.Segments, settings);
        LogFit? fit = null;
        if (settings.LogPath is { } log)
        {
            (fit, cut) = FitLog(cut, log, settings, look.Guard * segments.Step, findings);
        }

        if (segments.Gaps.Count > 0)
        {
            findings.Add(new TraceFinding("gap", Text($"samples are missing {segments.Gaps.Count} times, {segments.Gaps.Seconds:0.####} s in all; inferences around them are left out")));
        }

        var phases = meter?.Phases ?? [];
        double? idleWatts = settings.IdleWatts ?? IdleOf(phases, findings);
        bool subtracts = settings.Edges == MarkerEdges.Level || settings.IdleWatts is not null;
        var figure = new EnergyFigure(cut, segments.TotalJoules, new FigureSettings(settings.PerSegment, subtracts, idleWatts, look.Guard * segments.Step, settings.GainPercent, settings.VoltagePercent, settings.TargetPercent));
        var measurement = new Measurement(format, look.By, segments, figure, fit, phases);
        measurement._findings.AddRange([.. findings, .. figure.Findings]);
        return measurement;
    }

    /// <summary>Idle power where phases are marked: what none of them marks; null where that never happens.</summary>
    private static double? IdleOf(IReadOnlyList<PhaseEnergy> phases, List<TraceFinding> findings)
    {
        if (phases.Count == 0)
        {
            return null;
        }

        foreach (var phase in phases.Where(phase => phase.Seconds == 0 && phase.Name != PhaseMeter.Idle))
        {
            findings.Add(new TraceFinding("no_phase", $"the input of phase '{phase.Name}' is never high: the wire or the pin is another"));
        }

        if (phases[^1].Seconds > 0)
        {
            return phases[^1].Watts;
        }

        findings.Add(new TraceFinding("no_idle", "the device is never idle: what runs between inferences is subtracted; say the idle power with --idle"));
        return null;
    }

    /// <summary>Two edges alone mark one run: both ends of the trace belong to nobody.</summary>
    private static IReadOnlyList<Segment> Rescue(IReadOnlyList<Segment> segments, MeasurementSettings settings) =>
        settings.Edges == MarkerEdges.Level ? segments : [.. segments.Where(segment => segment.IsWhole)];

    /// <summary>Reads the beginning: where the marker is, how long inferences last, or at which power they stand out.</summary>
    private static (LevelOf LevelOf, string By, int Guard, List<TraceFinding> Findings) Look(string path, MeasurementSettings settings)
    {
        var findings = new List<TraceFinding>();
        using var trace = Trace.Open(path, settings.Trace);
        var block = new TraceBlock();
        var watts = new List<double>();
        var pins = new List<ushort>();
        double first = double.NaN, last = double.NaN;
        int changed = 0;
        for (int i = 0; trace.Read(block) && (i < BlocksAhead || (settings.Marker is { } pin && (changed >> pin & 1) == 0)); i++)
        {
            if (i < BlocksAhead)
            {
                watts.AddRange(block.Watts.AsSpan(0, block.Count));
                pins.AddRange(block.Pins.AsSpan(0, block.Count));
            }

            for (int at = 0; at < block.Count; at++)
            {
                changed |= block.Pins[at] ^ pins[0];
            }

            first = double.IsNaN(first) ? block.Seconds[0] : first;
            last = block.Seconds[block.Count - 1];
        }

        if (watts.Count < 2)
        {
            throw new EnergyException(EnergyError.EmptyTrace, $"the trace holds {watts.Count} samples.");
        }

        if (settings.Phases.Count > 0 && (settings.Marker is null || settings.Edges != MarkerEdges.Level))
        {
            throw new EnergyException(EnergyError.BadOption, "phases need the level of a marker: name its input with --marker D0.");
        }

        LevelOf levelOf;
        string by;
        if (settings.Marker is { } marker)
        {
            if (!trace.HasPins)
            {
                throw new EnergyException(EnergyError.NoMarker, $"the trace holds no digital inputs (a {trace.Format}); without --marker inferences are found by --log or by their shape.");
            }

            if ((changed >> marker & 1) == 0)
            {
                throw new EnergyException(EnergyError.NoMarker, (changed >> (7 - marker) & 1) != 0 && marker < 8
                    ? $"D{marker} never changes but D{7 - marker} does: Power Profiler before 4.1.3 wrote D0 to D7 in reverse; if that is the case here, use --marker D{7 - marker}."
                    : $"D{marker} never changes{(changed == 0 ? ", nor does another input" : $"; D{string.Join(", D", Enumerable.Range(0, 16).Where(bit => (changed >> bit & 1) != 0))} do")}: the wire or the pin is another.");
            }

            int mask = 1 << marker;
            (levelOf, by) = ((_, levels, _) => (levels & mask) != 0, "marker");
        }
        else if (settings.Edges != MarkerEdges.Level)
        {
            throw new EnergyException(EnergyError.NoMarker, "edges need a marker: name its input with --marker D0.");
        }
        else
        {
            var shape = new Shape(watts);
            (levelOf, by) = (shape.LevelOf, settings.LogPath is null ? "shape" : "log");
            if (settings.LogPath is null)
            {
                findings.Add(new TraceFinding("by_shape", Text(
                    $"nothing tells where inferences are: every stretch above {shape.Threshold * 1000:0.###} mW counts as one; wire a marker (--marker) or give the device's log (--log)")));
            }
        }

        // Where phases are marked, what surrounds an inference is no idle.
        int guard = settings.Edges != MarkerEdges.Level || settings.Phases.Count > 0 ? 0 : GuardOf(watts, pins, levelOf, settings, (last - first) / (watts.Count - 1));
        return (levelOf, by, guard, findings);
    }

    private static int GuardOf(List<double> watts, List<ushort> pins, LevelOf levelOf, MeasurementSettings settings, double step)
    {
        var lengths = (High: new List<double>(), Low: new List<double>());
        var (length, level) = (0, levelOf(watts[0], pins[0], 0));
        for (int i = 0; i < watts.Count; i++)
        {
            bool now = levelOf(watts[i], pins[i], i * step);
            if (now != level)
            {
                (level ? lengths.High : lengths.Low).Add(length);
                (length, level) = (0, now);
            }

            length++;
        }

        double shortest = Math.Min(EnergyFigure.MedianOf(lengths.High.DefaultIfEmpty(length)), EnergyFigure.MedianOf(lengths.Low.DefaultIfEmpty(length)));
        double wanted = settings.GuardSeconds is { } seconds ? seconds / step : Math.Max(LeastGuard, LeastGuardShare * shortest);
        return (int)Math.Clamp(wanted, 0, Math.Min(100_000, Math.Max(0, (lengths.Low.Count == 0 ? length : lengths.Low.Min()) / 4)));
    }

    private static void CheckDuration(Segmenter segments, MeasurementSettings settings, List<TraceFinding> findings)
    {
        if (settings.DurationSeconds is not { } real)
        {
            return;
        }

        double recorded = segments.Span.Last - segments.Span.First + segments.Step;
        if (Math.Abs((recorded / real) - 1) > SameTime)
        {
            throw new EnergyException(EnergyError.TimeBase, Text(
                $"the trace says {recorded:0.###} s, the recording took {real:0.###} s: its time is {100 * recorded / real:0.#} % of real. Samples are missing or the rate is wrong; if it is the rate, repeat with --time-scale {real / recorded:0.#####}."));
        }

        findings.Add(new TraceFinding("duration", Text($"the trace's {recorded:0.###} s agree with the recording's {real:0.###} s")));
    }

    private static (LogFit, IReadOnlyList<Segment>) FitLog(IReadOnlyList<Segment> cut, string path, MeasurementSettings settings, double guard, List<TraceFinding> findings)
    {
        int[] high = [.. Enumerable.Range(0, cut.Count).Where(i => cut[i].IsHigh)];
        var fit = LogFit.Of([.. high.Select(i => cut[i].Start + guard)], LogFit.Read(path));
        if (Math.Abs(fit.Rate - 1) > SameTime)
        {
            throw new EnergyException(EnergyError.TimeBase, Text(
                $"a second of the device is {fit.Rate:0.####} s in the trace: its recorded time is {100 * fit.Rate:0.#} % of real. Samples are missing or the rate is wrong; if it is the rate, repeat with --time-scale {settings.Trace.TimeScale / fit.Rate:0.#####}."));
        }

        findings.Add(new TraceFinding("clocks", Text(
            $"the log's clock begins at {fit.Offset:0.###} s of the trace and is {(1 - fit.Rate) * 1e6:0} ppm fast against it; {fit.Matched.Count} inferences are matched to {fit.Residual * 1000:0.##} ms")));
        int unmatched = high.Length - fit.Matched.Count;
        if (unmatched > 0)
        {
            findings.Add(new TraceFinding("not_in_log", $"{unmatched} stretches of work are not in the log; left out"));
        }

        HashSet<int> matched = [.. fit.Matched.Select(i => high[i])];
        return (fit, [.. cut.Where((segment, i) => !segment.IsHigh || matched.Contains(i))]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Two levels of power, told apart where the variance between them is greatest (Otsu), with a hysteresis.</summary>
    private sealed class Shape
    {
        private const int Bins = 512;

        private readonly double _rise, _fall;
        private bool _isHigh;

        public Shape(List<double> watts)
        {
            double[] sorted = [.. watts.Where(double.IsFinite).Order()];
            if (sorted.Length < 2)
            {
                throw new EnergyException(EnergyError.EmptyTrace, "the trace holds no power at all.");
            }

            var (least, most) = (sorted[sorted.Length / 1000], sorted[^(1 + (sorted.Length / 1000))]);
            if (!(most > least))
            {
                throw new EnergyException(EnergyError.NoInference, "the power never changes: there is nothing to find inferences by.");
            }

            long[] counts = new long[Bins];
            foreach (double value in sorted)
            {
                counts[(int)Math.Clamp((value - least) / (most - least) * Bins, 0, Bins - 1)]++;
            }

            double total = 0, sum = 0, below = 0, belowSum = 0, best = -1;
            for (int i = 0; i < Bins; i++)
            {
                total += counts[i];
                sum += i * (double)counts[i];
            }

            var (lowMean, highMean) = (0.0, 1.0);
            for (int i = 0; i < Bins - 1; i++)
            {
                below += counts[i];
                belowSum += i * (double)counts[i];
                if (below == 0 || below == total)
                {
                    continue;
                }

                var (low, high) = (belowSum / below, (sum - belowSum) / (total - below));
                double between = below * (total - below) * (high - low) * (high - low);
                if (between > best)
                {
                    (best, lowMean, highMean) = (between, low, high);
                }
            }

            double At(double bin) => least + ((bin + 0.5) / Bins * (most - least));
            Threshold = At((lowMean + highMean) / 2);
            _rise = At(lowMean + (0.6 * (highMean - lowMean)));
            _fall = At(lowMean + (0.4 * (highMean - lowMean)));
        }

        public double Threshold { get; }

        public bool LevelOf(double watts, ushort pins, double seconds)
        {
            _isHigh = double.IsNaN(watts) ? _isHigh : watts > (_isHigh ? _fall : _rise);
            return _isHigh;
        }
    }
}
