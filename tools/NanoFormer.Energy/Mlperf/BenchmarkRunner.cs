using System.Globalization;
using System.Text.RegularExpressions;
using NanoFormer.Energy.Live;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy.Mlperf;

/// <summary>One of the runs that a result is the median of.</summary>
/// <param name="Inferences">Inferences in it.</param>
/// <param name="Seconds">Its length by the device's clock, or between the marker's edges.</param>
/// <param name="Joules">Energy between the edges; null where none is measured.</param>
public readonly record struct BenchmarkRun(int Inferences, double Seconds, double? Joules = null)
{
    /// <summary>Inferences per second.</summary>
    public double Throughput => Inferences / Seconds;

    /// <summary>Whether it is as long as the rules ask.</summary>
    public bool IsLongEnough => Seconds >= BenchmarkRunner.LeastSeconds;
}

/// <summary>What a device said of an input.</summary>
/// <param name="Class">The input's true class.</param>
/// <param name="Results">The device's results.</param>
public readonly record struct BenchmarkAnswer(int Class, double[] Results);

/// <summary>The host's side of MLPerf Tiny: runs a device through the protocol by the rules.</summary>
/// <param name="port">The device.</param>
/// <param name="bytesPerLine">Bytes of an input in one command: 31, or 26 in energy mode.</param>
public sealed partial class BenchmarkRunner(DevicePort port, int bytesPerLine = BenchmarkRunner.PerformanceBytes)
{
    /// <summary>Bytes of an input in one command in performance and accuracy mode.</summary>
    public const int PerformanceBytes = 31;

    /// <summary>The same in energy mode.</summary>
    public const int EnergyBytes = 26;

    /// <summary>Runs of a result.</summary>
    public const int Runs = 5;

    /// <summary>The least length of a run.</summary>
    public const double LeastSeconds = 10;

    private const double WantedSeconds = 11;
    private const int Attempts = 3;
    private const int AfterRun = 300; // milliseconds, so that the last edge is in the recording
    private const double Micro = 1e-6;

    /// <summary>Asks who is there.</summary>
    /// <returns>The names of the device, of its firmware and of its model.</returns>
    public (string Device, string Profile, string Model) Identify()
    {
        port.Drain();
        string name = "";
        for (int attempt = 0; attempt < Attempts && name.Length == 0; attempt++)
        {
            // The end of the greeting may be taken for the answer to the first command.
            name = Find(port.Ask("name"), Name()) ?? "";
        }

        if (name.Length == 0)
        {
            throw new BenchmarkException(BenchmarkError.TornLine, "the device answers 'name' without m-name-dut-[...]: it speaks another protocol, or lines are lost.");
        }

        var profile = port.Ask("profile");
        return (name, Find(profile, Profile()) ?? "", Find(profile, Model()) ?? throw Torn("profile", profile, "m-model-[...]"));
    }

    /// <summary>Sends an input.</summary>
    public void Load(ReadOnlySpan<byte> input)
    {
        var answer = port.Ask(string.Create(CultureInfo.InvariantCulture, $"db load {input.Length}"));
        if (!answer.Contains(string.Create(CultureInfo.InvariantCulture, $"m-[Expecting {input.Length} bytes]")))
        {
            throw Torn("db load", answer, "m-[Expecting ...]");
        }

        for (int at = 0; at < input.Length; at += bytesPerLine)
        {
            answer = port.Ask("db " + Convert.ToHexStringLower(input[at..Math.Min(at + bytesPerLine, input.Length)]));
            if (answer.Contains("m-load-done") != (at + bytesPerLine >= input.Length))
            {
                throw new BenchmarkException(BenchmarkError.TornLine, $"the device counts other bytes than the {input.Length} that were sent: some were lost. A slower --baud or a shorter cable helps.");
            }
        }
    }

    /// <summary>Runs inferences on the input that is loaded.</summary>
    /// <returns>Seconds by the device's clock, NaN where it marks them by edges; and its results.</returns>
    public (double Seconds, double[] Results) Infer(int inferences, int warmups)
    {
        var answer = port.Ask(string.Create(CultureInfo.InvariantCulture, $"infer {inferences} {warmups}"));
        if (!answer.Contains(string.Create(CultureInfo.InvariantCulture, $"m-infer-start-{inferences}")) || !answer.Contains("m-infer-done"))
        {
            throw Torn("infer", answer, "m-infer-start and m-infer-done");
        }

        long[] laps = [.. answer.Where(line => line.StartsWith("m-lap", StringComparison.Ordinal)).Select(line => Lap().Match(line) is { Success: true } match
            ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw Torn("infer", answer, "m-lap-us-<number>"))];
        if (laps.Length is not (0 or 2))
        {
            throw Torn("infer", answer, "two times m-lap-us");
        }

        string results = Find(answer, ResultLine()) ?? throw Torn("infer", answer, "m-results-[...]");
        return (laps.Length == 2 ? (laps[1] - laps[0]) * Micro : double.NaN, [.. results.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Torn("infer", answer, "numbers in m-results"))]);
    }

    /// <summary>Performance mode: five runs, an input each.</summary>
    /// <param name="inputs">The inputs, used in turn.</param>
    /// <param name="inferences">Inferences per run; null to choose them by a trial, so that a run is long enough.</param>
    /// <param name="warmups">Inferences before a run's clock starts.</param>
    /// <param name="each">Is told of every run.</param>
    public IReadOnlyList<BenchmarkRun> Performance(IReadOnlyList<byte[]> inputs, int? inferences, int warmups, Action<BenchmarkRun> each)
    {
        var runs = new List<BenchmarkRun>();
        while (runs.Count < Runs)
        {
            Load(inputs[runs.Count % inputs.Count]);
            inferences ??= Choose();
            double seconds = Infer(inferences.Value, warmups).Seconds;
            runs.Add(seconds > 0 ? new BenchmarkRun(inferences.Value, seconds) : throw NoClock());
            each(runs[^1]);
        }

        return runs;
    }

    /// <summary>Energy mode: five runs, each recorded to a file of its own and cut by the marker's falling edges.</summary>
    /// <param name="inputs">The inputs, used in turn.</param>
    /// <param name="inferences">Inferences per run.</param>
    /// <param name="warmups">Inferences before a run's first edge.</param>
    /// <param name="source">The instrument, which supplies the device.</param>
    /// <param name="volts">That supply.</param>
    /// <param name="pathOf">The file of a run, from 0.</param>
    /// <param name="each">Is told of every run.</param>
    public IReadOnlyList<BenchmarkRun> Energy(
        IReadOnlyList<byte[]> inputs, int inferences, int warmups, LiveSource source, double volts, Func<int, string> pathOf, Action<BenchmarkRun> each)
    {
        var runs = new List<BenchmarkRun>();
        while (runs.Count < Runs)
        {
            Load(inputs[runs.Count % inputs.Count]);
            string path = pathOf(runs.Count);
            Record(inferences, warmups, source, path);
            runs.Add(RunOf(path, inferences, volts, source.Marker));
            each(runs[^1]);
        }

        return runs;
    }

    /// <summary>A recorded run: what lies between the last two edges, since there may be others when the device starts.</summary>
    /// <exception cref="BenchmarkException">An edge or samples between the edges are lost.</exception>
    public static BenchmarkRun RunOf(string path, int inferences, double volts, int marker)
    {
        try
        {
            var measurement = Measurement.Of(path, new MeasurementSettings
            {
                Trace = new TraceOptions { Voltage = volts },
                Marker = marker,
                Edges = MarkerEdges.Falling,
                PerSegment = inferences,
            });
            Segment[] runs = [.. measurement.Segments.Segments.Where(segment => segment.IsHigh)];
            // The last segment goes from the last edge to the recording's end.
            if (runs.Length >= 2 && runs[^2].IsWhole && !measurement.Findings.Any(finding => finding.Name == "lost_event"))
            {
                return new BenchmarkRun(inferences, runs[^2].Seconds, runs[^2].Joules);
            }
        }
        catch (EnergyException exception) when (exception.Error is EnergyError.NoInference or EnergyError.NoMarker)
        {
            // Named below.
        }

        throw new BenchmarkException(BenchmarkError.LostEdge, $"{path} holds no whole run between two falling edges: an edge or samples are lost. Look at the marker's wire, and at the load of this machine.");
    }

    /// <summary>Accuracy mode: every input once.</summary>
    public IReadOnlyList<BenchmarkAnswer> Accuracy(IReadOnlyList<LabelledInput> inputs, Action<int> done)
    {
        var answers = new List<BenchmarkAnswer>();
        foreach (var input in inputs)
        {
            Load(input.Bytes);
            answers.Add(new BenchmarkAnswer(input.Class, Infer(1, 0).Results));
            if (answers[^1].Results.Length != answers[0].Results.Length)
            {
                throw new BenchmarkException(BenchmarkError.TornLine, $"the device gives {answers[^1].Results.Length} results for {input.Name} and gave {answers[0].Results.Length} before.");
            }

            done(answers.Count);
        }

        return answers;
    }

    private void Record(int inferences, int warmups, LiveSource source, string path)
    {
        using var stop = new CancellationTokenSource();
        using var hasBegun = new ManualResetEventSlim();
        var recording = Task.Run(() => source.Record(path, stop.Token, seconds =>
        {
            if (seconds > 0)
            {
                hasBegun.Set();
            }
        }));
        try
        {
            while (!hasBegun.Wait(100) && !recording.IsCompleted)
            {
                // The instrument gives up by itself when it is silent.
            }

            if (!recording.IsCompleted)
            {
                Infer(inferences, warmups);
                Thread.Sleep(AfterRun);
            }
        }
        finally
        {
            stop.Cancel();
            recording.GetAwaiter().GetResult();
        }
    }

    /// <summary>Inferences that take long enough, by a trial of one and then of more.</summary>
    private int Choose()
    {
        int trial = 1;
        double seconds = Infer(trial, 0).Seconds;
        while (seconds < 0.01 && trial < 10_000)
        {
            trial *= 10; // a clock of milliseconds, or a short inference
            seconds = Infer(trial, 0).Seconds;
        }

        return seconds > 0 ? (int)Math.Ceiling(WantedSeconds / seconds * trial) : throw NoClock();
    }

    private static BenchmarkException NoClock() => new(BenchmarkError.TornLine,
        "the device tells no time: it is in energy mode (measure it with --energy), or its clock stands still.");

    private static string? Find(IReadOnlyList<string> lines, Regex form) =>
        lines.Select(line => form.Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    private static BenchmarkException Torn(string command, IReadOnlyList<string> answer, string missing) =>
        new(BenchmarkError.TornLine, $"the answer to '{command}' lacks {missing}: '{string.Join(" | ", answer)}'. Lines were lost; a slower --baud helps.");

    [GeneratedRegex(@"^m-name-dut-\[([^]]+)\]$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^m-profile-\[([^]]+)\]$")]
    private static partial Regex Profile();

    [GeneratedRegex(@"^m-model-\[([^]]+)\]$")]
    private static partial Regex Model();

    [GeneratedRegex(@"^m-lap-us-(\d{1,18})$")]
    private static partial Regex Lap();

    [GeneratedRegex(@"^m-results-\[([^]]+)\]$")]
    private static partial Regex ResultLine();
}
