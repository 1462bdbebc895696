using System.Globalization;
using NanoFormer.Energy;
using NanoFormer.Energy.Figures;
using Spectre.Console;

namespace NanoFormer.Cli.Energy;

/// <summary>A measurement in words, as a table and as JSON. Energies in microjoules, powers in microwatts, times in milliseconds.</summary>
internal sealed class EnergyReport(
    string path, MeasurementSettings settings, Measurement measurement, Instrument? instrument, IReadOnlyList<string> conditions, double? estimate)
{
    private const double Micro = 1e6;

    /// <summary>Name of the trace's file.</summary>
    public string Trace => Path.GetFileName(path);

    /// <summary>The measurement.</summary>
    public Measurement Measurement => measurement;

    /// <summary>What it was asked for.</summary>
    public MeasurementSettings Settings => settings;

    /// <summary>The figure in one line.</summary>
    public string Headline => double.IsNaN(Figure.HalfWidth)
        ? Text($"{Figure.Mean * Micro:G5} uJ per inference above idle, measured once: without an uncertainty")
        : Text($"{Figure.Mean * Micro:G5} uJ per inference above idle, 95 % interval {Figure.HalfWidth * Micro:G2} uJ either way ({100 * Figure.HalfWidth / Math.Abs(Figure.Mean):G2} %): measured");

    /// <summary>Time and energy of the phases that the marker tells apart.</summary>
    public IEnumerable<(string Phase, double Seconds, double Joules)> Phases
    {
        get
        {
            foreach (var phase in measurement.Phases)
            {
                yield return (phase.Name, phase.Seconds, phase.Joules);
            }

            if (measurement.Phases.Count > 0)
            {
                yield break;
            }

            foreach (var group in measurement.Segments.Segments.GroupBy(segment => segment.IsHigh).OrderByDescending(group => group.Key))
            {
                yield return (group.Key ? "inference (marker, with its guard)" : "between inferences", group.Sum(segment => segment.Seconds), group.Sum(segment => segment.Joules));
            }
        }
    }

    private EnergyFigure Figure => measurement.Figure;

    /// <summary>Names and values of the table.</summary>
    public IReadOnlyList<(string Name, string Value)> Lines()
    {
        var segments = measurement.Segments;
        var lines = new List<(string, string)>
        {
            ("energy per inference, above idle", Text($"{Figure.Mean * Micro:G5} uJ (measured)")),
            ("95 % interval", double.IsNaN(Figure.HalfWidth) ? "one inference alone: none" : Text($"{(Figure.Mean - Figure.HalfWidth) * Micro:G5} to {(Figure.Mean + Figure.HalfWidth) * Micro:G5} uJ")),
            ("standard uncertainty", Text($"type A {Figure.TypeA * Micro:G3} uJ, type B {Figure.TypeB * Micro:G3} uJ")),
            ("median, spread of one", Text($"{Figure.Median * Micro:G5} uJ, {Figure.Deviation * Micro:G3} uJ")),
            ("energy per inference, idle included", Text($"{Figure.Gross * Micro:G5} uJ")),
            ("idle power", Text($"{Figure.IdleWatts * Micro:G4} uW")),
            ("inferences", Text($"{Figure.Inferences.Count} of {Figure.Seconds * 1000:G4} ms, found by {measurement.By}; {Figure.Dropped} left out")),
            (Text($"inferences for {settings.TargetPercent:G3} %"), Figure.Needed is { } needed ? Text($"{needed}, by the scatter") : "unknown"),
            ("trace", Text($"{measurement.Format}, {segments.Samples} samples in {segments.Span.Last - segments.Span.First:G5} s")),
            ("instrument", instrument is null ? settings.GainPercent is { } percent ? Text($"limit of error {percent:G3} %, as given") : "unknown" : Text($"{instrument.Title}: limit of error {instrument.GainPercent:G3} % ({instrument.Source})")),
        };
        foreach (var phase in measurement.Phases)
        {
            lines.Add(($"phase {phase.Name}", Text($"{phase.Seconds:G4} s, {phase.Joules * Micro:G5} uJ, {phase.Joules * Micro / (Figure.Inferences.Count * settings.PerSegment):G4} uJ per inference, idle included (measured)")));
        }

        if (settings.Trace.Voltage is { } volts)
        {
            lines.Add(("supply", Text($"{volts:G4} V, limit of error {settings.VoltagePercent:G3} %")));
        }

        if (!double.IsNaN(Figure.WholeWindow))
        {
            lines.Add(("by averaging the whole recording", Text($"{Figure.WholeWindow * Micro:G5} uJ (for comparison)")));
        }

        if (estimate is { } microjoules)
        {
            lines.Add(("estimate, for comparison", Text($"{microjoules:G4} uJ: the measurement is {Figure.Mean * Micro / microjoules:G3} times that")));
        }

        lines.AddRange(conditions.Select(condition => ("condition", condition)));
        return lines;
    }

    /// <summary>Draws it on the terminal.</summary>
    public void Draw()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(Markup.Escape(Trace), "");
        foreach (var (name, value) in Lines())
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        AnsiConsole.Write(table);
        foreach (var finding in measurement.Findings)
        {
            AnsiConsole.WriteLine($"{finding.Name}: {finding.Text}");
        }

        foreach (string line in MlperfLines())
        {
            AnsiConsole.WriteLine(line);
        }
    }

    /// <summary>Everything, by name.</summary>
    public object Json() => new
    {
        Kind = "measurement",
        Trace,
        measurement.Format,
        FoundBy = measurement.By,
        measurement.Segments.Samples,
        RateHz = 1 / measurement.Segments.Step,
        Seconds = measurement.Segments.Span.Last - measurement.Segments.Span.First + measurement.Segments.Step,
        settings.Trace.Voltage,
        Inferences = Figure.Inferences.Count * settings.PerSegment,
        Dropped = Figure.Dropped,
        EnergyUjPerInference = Figure.Mean * Micro,
        EnergyUjPerInferenceMedian = Figure.Median * Micro,
        EnergyUjPerInferenceWithIdle = Figure.Gross * Micro,
        SpreadUj = OrNull(Figure.Deviation * Micro),
        TypeAUj = OrNull(Figure.TypeA * Micro),
        TypeBUj = Figure.TypeB * Micro,
        ExpandedUncertaintyUj = OrNull(Figure.HalfWidth * Micro),
        IntervalLowUj = OrNull((Figure.Mean - Figure.HalfWidth) * Micro),
        IntervalHighUj = OrNull((Figure.Mean + Figure.HalfWidth) * Micro),
        CoveragePercent = 95,
        IdlePowerUw = Figure.IdleWatts * Micro,
        InferenceMs = Figure.Seconds * 1000,
        TotalEnergyUj = measurement.Segments.TotalJoules * Micro,
        MeanPowerUw = measurement.Segments.TotalJoules / (measurement.Segments.Span.Last - measurement.Segments.Span.First + measurement.Segments.Step) * Micro,
        WholeWindowUjPerInference = OrNull(Figure.WholeWindow * Micro),
        InferencesForTarget = Figure.Needed,
        settings.TargetPercent,
        Instrument = instrument?.Id,
        AccuracyPercent = settings.GainPercent,
        EstimateUjPerInference = estimate,
        ClockOffsetS = measurement.Fit?.Offset,
        ClockRate = measurement.Fit?.Rate,
        ClockResidualMs = measurement.Fit?.Residual * 1000,
        Phases = Phases.Select(phase => new { phase.Phase, phase.Seconds, EnergyUj = phase.Joules * Micro }),
        Conditions = conditions,
        Findings = measurement.Findings.Select(finding => new { finding.Name, finding.Text }),
    };

    /// <summary>The lines in which MLPerf Tiny's runner reports a run between two edges.</summary>
    private IEnumerable<string> MlperfLines() => settings.Edges == MarkerEdges.Level ? [] :
    [
        Text($"  Power         : {Figure.Gross / Figure.Seconds * 1000,5:0.0000} mW."),
        Text($"  Total Energy  : {Figure.Gross * settings.PerSegment * Micro:0.000} uJ"),
        Text($"  Energy/Inf    : {Figure.Gross * Micro:0.000} uJ/inf"),
    ];

    private static double? OrNull(double value) => double.IsFinite(value) ? value : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
