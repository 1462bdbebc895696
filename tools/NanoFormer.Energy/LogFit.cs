using NanoFormer.Logs;

namespace NanoFormer.Energy;

/// <summary>An inference as the device's log tells it.</summary>
/// <param name="Seconds">Device time of its begin.</param>
/// <param name="Duration">Its length in seconds.</param>
public readonly record struct LoggedInference(double Seconds, double Duration);

/// <summary>The device's clock against the trace's: trace = offset + rate * device.</summary>
/// <param name="Offset">Seconds.</param>
/// <param name="Rate">Seconds of the trace in a second of the device.</param>
/// <param name="Residual">Standard deviation of what remains, in seconds.</param>
/// <param name="Matched">Indices of the stretches that are inferences of the log.</param>
public sealed record LogFit(double Offset, double Rate, double Residual, IReadOnlySet<int> Matched)
{
    private const int Tried = 60;
    private const double Tolerance = 0.012;
    private const double LeastShare = 0.5;

    /// <summary>The inferences of a log's first device.</summary>
    public static IReadOnlyList<LoggedInference> Read(string path)
    {
        var sink = new Collector();
        var reader = new SessionReader(sink, null);
        using var file = File.OpenRead(path);
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            reader.Feed(buffer.AsSpan(0, count));
        }

        reader.EndSource();
        return sink.Inferences;
    }

    /// <summary>Finds the offset and the rate at which most of the log's inferences meet stretches of high power.</summary>
    /// <param name="starts">Begins of the stretches, in seconds of the trace.</param>
    /// <param name="log">The log's inferences.</param>
    /// <exception cref="EnergyException">They do not belong together.</exception>
    public static LogFit Of(IReadOnlyList<double> starts, IReadOnlyList<LoggedInference> log)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(log);
        if (log.Count < 3 || starts.Count < 3)
        {
            throw new EnergyException(EnergyError.LogMismatch, $"the log has {log.Count} inferences, the trace {starts.Count} stretches of work: at least three of each are needed to fit their clocks.");
        }

        double usual = Figures.EnergyFigure.MedianOf(starts.Zip(starts.Skip(1), (a, b) => b - a))
            / Figures.EnergyFigure.MedianOf(log.Zip(log.Skip(1), (a, b) => b.Seconds - a.Seconds));
        var best = (Count: 0, Offset: 0.0, Rate: 1.0);
        foreach (double rate in new[] { 1.0, usual })
        {
            for (int i = 0; i < Math.Min(Tried, starts.Count); i++)
            {
                for (int j = 0; j < Math.Min(Tried, log.Count); j++)
                {
                    double offset = starts[i] - (rate * log[j].Seconds);
                    int count = Pairs(starts, log, offset, rate).Count;
                    best = count > best.Count ? (count, offset, rate) : best;
                }
            }

            if (best.Count >= 0.9 * Math.Min(starts.Count, log.Count))
            {
                break;
            }
        }

        var (fittedOffset, fittedRate) = (best.Offset, best.Rate);
        var pairs = Pairs(starts, log, fittedOffset, fittedRate);
        for (int round = 0; round < 4 && pairs.Count >= 3; round++)
        {
            (fittedOffset, fittedRate) = Line(pairs, starts, log);
            pairs = Pairs(starts, log, fittedOffset, fittedRate);
        }

        if (pairs.Count < 3 || pairs.Count < LeastShare * Math.Min(starts.Count, log.Count))
        {
            throw new EnergyException(EnergyError.LogMismatch, $"of {log.Count} inferences of the log only {pairs.Count} meet work in the trace: they are not of the same recording.");
        }

        double residual = Math.Sqrt(pairs.Sum(pair => Math.Pow(starts[pair.Start] - fittedOffset - (fittedRate * log[pair.Log].Seconds), 2)) / pairs.Count);
        return new LogFit(fittedOffset, fittedRate, residual, pairs.Select(pair => pair.Start).ToHashSet());
    }

    private static List<(int Start, int Log)> Pairs(IReadOnlyList<double> starts, IReadOnlyList<LoggedInference> log, double offset, double rate)
    {
        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < starts.Count && j < log.Count;)
        {
            double late = starts[i] - offset - (rate * log[j].Seconds);
            if (Math.Abs(late) <= Tolerance)
            {
                pairs.Add((i++, j++));
            }
            else if (late < 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }

    private static (double Offset, double Rate) Line(List<(int Start, int Log)> pairs, IReadOnlyList<double> starts, IReadOnlyList<LoggedInference> log)
    {
        var (x, y) = (pairs.Average(pair => log[pair.Log].Seconds), pairs.Average(pair => starts[pair.Start]));
        double above = 0, below = 0;
        foreach (var (start, logged) in pairs)
        {
            double from = log[logged].Seconds - x;
            above += from * (starts[start] - y);
            below += from * from;
        }

        double rate = above / below;
        return (y - (rate * x), rate);
    }

    private sealed class Collector : ISessionSink
    {
        private Device? _device;

        public List<LoggedInference> Inferences { get; } = [];

        public void Take(scoped in LogRecord record, Boot boot)
        {
            _device ??= boot.Device;
            if (record.Kind != RecordKind.Infer || boot.Device != _device)
            {
                return;
            }
            // The line is begun right after the run, to the millisecond below.
            double duration = record.Number("latency_us"u8) / 1e6;
            double start = (record.TimeMilliseconds / 1000.0) + 0.0005 - duration;
            if (Inferences.Count == 0 || start > Inferences[^1].Seconds)
            {
                Inferences.Add(new LoggedInference(start, duration));
            }
        }

        public void Take(Finding finding)
        {
        }
    }
}
