using System.Globalization;
using NanoFormer.Energy.Figures;
using NanoFormer.Energy.Mlperf;

namespace NanoFormer.Cli.Energy;

/// <summary>The result of a device in the words of MLPerf Tiny's rules, as lines and as JSON.</summary>
/// <param name="Device">Name that the device gives itself.</param>
/// <param name="Profile">Name of its firmware.</param>
/// <param name="Model">Id of its model.</param>
internal sealed record DeviceResult(string Device, string Profile, string Model)
{
    private const string Rule = "---------------------------------------------------------";
    private const double Milli = 1e3;
    private const double Micro = 1e6;

    /// <summary>Performance or energy runs; empty where they were not asked for.</summary>
    public IReadOnlyList<BenchmarkRun> Runs { get; init; } = [];

    /// <summary>Accuracy; null where it was not asked for.</summary>
    public BenchmarkScore? Score { get; init; }

    /// <summary>Inputs that the accuracy is of.</summary>
    public int Inputs { get; init; }

    /// <summary>Whether the device's own name says that it, or what measures it, is not real: its figures are then estimates.</summary>
    public bool IsEstimate => Device.Contains("emulated", StringComparison.Ordinal) || Device.Contains("simulated", StringComparison.Ordinal);

    /// <summary>Whether every run is as long as the rules ask.</summary>
    public bool IsValid => Runs.All(run => run.IsLongEnough);

    /// <summary>Median of inferences per second; null without runs.</summary>
    public double? MedianThroughput => Runs.Count > 0 ? EnergyFigure.MedianOf(Runs.Select(run => run.Throughput)) : null;

    /// <summary>Median energy of an inference in joules, idle included, as the rules count it; null where none was measured.</summary>
    public double? MedianJoules => Runs.Count > 0 && Runs[0].Joules is not null ? EnergyFigure.MedianOf(Runs.Select(run => run.Joules!.Value / run.Inferences)) : null;

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"device {Device}, firmware {Profile}, model {Model}";
        yield return IsEstimate ? "estimates, not measurements: no result to hand in" : "measured on the device";

        foreach (var (index, run) in Runs.Index())
        {
            foreach (string line in run.Joules is { } joules ? Energy(index, run, joules) : Performance(index, run))
            {
                yield return line;
            }
        }

        if (Runs.Count > 0)
        {
            yield return Rule;
            yield return MedianJoules is { } median ? Text($"Median energy cost is {median * Micro,5:F4} uJ/inf.") : Text($"Median throughput is {MedianThroughput,10:F3} inf./sec.");
            yield return Rule;
        }

        if (!IsValid)
        {
            yield return MedianJoules is null
                ? "ERROR 2 - loop exited before 10 seconds elapsed."
                : "ERROR: Not valid for submission.  All inference times must be at least 10 seconds.";
        }

        if (Score is not null)
        {
            if (Score.Top1Percent is { } top)
            {
                yield return Text($"Top 1% = {top,2:F1}");
            }

            yield return Score.AreaUnderCurve is { } area ? Text($"AUC = {area:F3}") : "AUC: a class is missing in the inputs";
        }
    }

    /// <summary>Everything, by name.</summary>
    public object Json() => new
    {
        Kind = IsEstimate ? "estimate" : "measurement",
        Device,
        Profile,
        Model,
        Runs = Runs.Select(run => new { run.Inferences, run.Seconds, run.Throughput, EnergyUj = run.Joules * Micro, EnergyUjPerInference = run.Joules * Micro / run.Inferences }),
        MedianThroughput,
        MedianEnergyUjPerInference = MedianJoules * Micro,
        Valid = IsValid,
        Inputs = Score is null ? (int?)null : Inputs,
        Score?.Top1Percent,
        Auc = Score?.AreaUnderCurve,
    };

    private static IEnumerable<string> Performance(int index, BenchmarkRun run)
    {
        yield return Text($"Performance results for window {index + 1}:");
        yield return Text($"  # Inferences : {run.Inferences,13}");
        yield return Text($"  Runtime      : {run.Seconds,10:F3} sec.");
        yield return Text($"  Throughput   : {run.Throughput,10:F3} inf./sec.");
    }

    private static IEnumerable<string> Energy(int index, BenchmarkRun run, double joules)
    {
        yield return Text($"Energy data for trial {index}");
        yield return Text($"  Elapsed time  : {run.Seconds:F3}{(run.IsLongEnough ? "" : "  <<<< below minimum duration")}");
        yield return Text($"  Inferences    : {run.Inferences}");
        yield return Text($"  Power         : {Milli * joules / run.Seconds,5:F4} mW.");
        yield return Text($"  Total Energy  : {Micro * joules:F3} uJ");
        yield return Text($"  Energy/Inf    : {Micro * joules / run.Inferences:F3} uJ/inf");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
