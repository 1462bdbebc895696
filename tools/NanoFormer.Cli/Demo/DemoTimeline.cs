using System.Globalization;
using NanoFormer.Board;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>A replay drawn as two strips of text over time: what was true, and what the device said.</summary>
internal sealed class DemoTimeline
{
    private const int Width = 100;
    private const char Nothing = ' ';
    private const char Asleep = '-';
    private const char Unknown = '?';

    private readonly ModelInfo _model;
    private readonly double _stepSeconds;

    /// <summary>Draws a replay.</summary>
    /// <param name="motion">Gives the truth.</param>
    /// <param name="model">Its labels are the strips' digits, from 1.</param>
    /// <param name="records">The device's log, in order.</param>
    /// <param name="seconds">Length of the replay.</param>
    public DemoTimeline(IMotionSource motion, ModelInfo model, IReadOnlyList<LogLine> records, double seconds)
    {
        _model = model;
        _stepSeconds = seconds / Width;
        Truth = Strip(middle => MarkOf(motion.LabelAt(middle)));
        Answers = AnswerStrip(records, seconds);
    }

    /// <summary>The recording's labels; blank where there is none.</summary>
    public string Truth { get; }

    /// <summary>The device's answers; blank while a first window fills.</summary>
    public string Answers { get; }

    /// <summary>What the marks mean.</summary>
    public string Legend => string.Join("  ", _model.Labels.Select((label, i) => $"{Digit(i)} {label}")) + $"  {Asleep} asleep  {Unknown} unknown";

    /// <summary>Seconds that one mark stands for.</summary>
    public string Scale => string.Create(CultureInfo.InvariantCulture, $"one mark is {_stepSeconds:F1} s");

    private string AnswerStrip(IReadOnlyList<LogLine> records, double seconds)
    {
        char[] strip = Strip(_ => Nothing).ToCharArray();
        double window = _model.WindowSamples * 1000.0 / _model.RateMillihertz;
        double? asleepSince = null;
        foreach (var record in records)
        {
            double at = record.Number("t_ms", 0) / 1000.0;
            switch (record.Kind)
            {
                case "sleep":
                    asleepSince = at;
                    break;
                case "wake":
                    Fill(strip, asleepSince ?? at, at, Asleep);
                    asleepSince = null;
                    break;
                case "infer":
                    double start = record.Number("t0_ms", 0) / 1000.0;
                    Fill(strip, start + (window / 2), start + window, MarkOf(record.Text("label")));
                    break;
            }
        }

        Fill(strip, asleepSince ?? seconds, seconds, Asleep);
        return new string(strip);
    }

    private string Strip(Func<double, char> markAt) => string.Create(Width, markAt, (strip, mark) =>
    {
        for (int i = 0; i < strip.Length; i++)
        {
            strip[i] = mark((i + 0.5) * _stepSeconds);
        }
    });

    /// <summary>Marks the places whose middle lies between two times.</summary>
    private void Fill(char[] strip, double from, double to, char mark)
    {
        int first = Math.Max(0, (int)Math.Ceiling((from / _stepSeconds) - 0.5));
        for (int i = first; i < strip.Length && (i + 0.5) * _stepSeconds < to; i++)
        {
            strip[i] = mark;
        }
    }

    private char MarkOf(string? label) => label switch
    {
        null => Nothing,
        "unknown" => Unknown,
        _ => Array.IndexOf(_model.Labels, label) is var index and >= 0 ? Digit(index) : Nothing,
    };

    private static char Digit(int index) => "123456789abcdefghijklmnopqrstuvwxyz"[index % 35];
}
