using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy;

/// <summary>A stretch of a trace at one level of the marker.</summary>
/// <param name="Start">When it begins, in seconds.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Joules">Energy in it.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="IsHigh">Whether an inference runs in it.</param>
/// <param name="IsWhole">False at the ends of the trace and around samples that are missing.</param>
public readonly record struct Segment(double Start, double Seconds, double Joules, long Samples, bool IsHigh, bool IsWhole)
{
    /// <summary>Mean power in watts.</summary>
    public double Watts => Joules / Seconds;

    /// <summary>The moment in its middle.</summary>
    public double Middle => Start + (Seconds / 2);
}

/// <summary>How a marker tells where an inference is.</summary>
public enum MarkerEdges
{
    /// <summary>The pin is high while it runs.</summary>
    Level,

    /// <summary>A falling edge before the first and after the last of a run, as MLPerf Tiny's energy mode has it.</summary>
    Falling,

    /// <summary>The same with rising edges, as the Joulescope JS220 records them.</summary>
    Rising,
}

/// <summary>Tells of a sample whether an inference runs.</summary>
/// <param name="watts">Its power.</param>
/// <param name="pins">Its levels.</param>
/// <param name="seconds">Its time.</param>
public delegate bool LevelOf(double watts, ushort pins, double seconds);

/// <summary>
/// Cuts a trace into segments as its blocks come, in memory that grows with the segments alone. Around inferences a guard of some samples
/// counts as inference: its idle power is subtracted again, and what a late marker would cut off is not lost.
/// </summary>
/// <param name="levelOf">Tells the level.</param>
/// <param name="edges">What of the level counts.</param>
/// <param name="guard">Samples before and after each inference.</param>
public sealed class Segmenter(LevelOf levelOf, MarkerEdges edges, int guard)
{
    private const int Buckets = 4096;
    private const int PicturesKept = 12;
    private const int LongestPicture = 60_000;
    private const double LongestStep = 1.6;

    private readonly List<Segment> _segments = [];
    private readonly (double Seconds, double Watts, bool Level)[] _delayed = new (double, double, bool)[guard + 1];
    private readonly List<(double Start, float Least, float Most)> _overview = [];
    private readonly List<List<(double Seconds, double Watts)>> _pictures = [];
    private long _read, _written, _lastHigh = long.MinValue / 2;
    private bool _previous;
    private bool _isHigh;
    private bool _isWhole;
    private double _start, _joules, _last = double.NaN, _lastWatts, _step = double.NaN;
    private long _samples;
    private int _perBucket = 1, _inBucket;
    private List<(double Seconds, double Watts)>? _picture;

    /// <summary>The segments so far.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Samples taken.</summary>
    public long Samples => _read;

    /// <summary>Usual time between samples.</summary>
    public double Step => _step;

    /// <summary>Stretches of time that are missing: their number and seconds.</summary>
    public (int Count, double Seconds) Gaps { get; private set; }

    /// <summary>Energy of the whole trace in joules.</summary>
    public double TotalJoules { get; private set; }

    /// <summary>Time of the first sample, and of the last.</summary>
    public (double First, double Last) Span { get; private set; } = (double.NaN, double.NaN);

    /// <summary>The least and greatest power of some thousand stretches, for a picture of all.</summary>
    public IReadOnlyList<(double Start, float Least, float Most)> Overview => _overview;

    /// <summary>Samples of some inferences with what surrounds them; the first entry of each lies a guard before it.</summary>
    public IReadOnlyList<IReadOnlyList<(double Seconds, double Watts)>> Pictures => _pictures;

    /// <summary>Takes a block.</summary>
    public void Take(TraceBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        for (int i = 0; i < block.Count; i++)
        {
            bool level = levelOf(block.Watts[i], block.Pins[i], block.Seconds[i]);
            if (edges != MarkerEdges.Level)
            {
                bool isEdge = _read > 0 && (edges == MarkerEdges.Falling ? _previous && !level : level && !_previous);
                _previous = level;
                level = isEdge;
            }

            if (level)
            {
                _lastHigh = _read;
            }

            Sketch(block.Seconds[i], block.Watts[i]);
            _delayed[_read % _delayed.Length] = (block.Seconds[i], block.Watts[i], level);
            _read++;
            if (_read > guard)
            {
                Put(_delayed[(_read - 1 - guard) % _delayed.Length]);
            }
        }
    }

    /// <summary>The trace is at its end.</summary>
    public void End()
    {
        while (_written < _read)
        {
            Put(_delayed[_written % _delayed.Length]);
        }

        if (_samples > 0)
        {
            TotalJoules += _lastWatts * _step;
            Close(_last + _step, isWhole: false);
        }
    }

    private void Put((double Seconds, double Watts, bool Level) sample)
    {
        long number = _written++;
        bool isHigh = edges == MarkerEdges.Level ? _lastHigh >= number - guard : _isHigh;
        if (double.IsNaN(_last))
        {
            Span = (sample.Seconds, sample.Seconds);
            Begin(sample.Seconds, edges == MarkerEdges.Level && isHigh, isWhole: false);
        }
        else
        {
            Advance(sample.Seconds);
            if (edges != MarkerEdges.Level ? sample.Level : isHigh != _isHigh)
            {
                Close(sample.Seconds, _isWhole);
                Begin(sample.Seconds, edges != MarkerEdges.Level || isHigh, isWhole: true);
            }
        }

        _last = sample.Seconds;
        if (double.IsNaN(sample.Watts))
        {
            _isWhole = false;
        }
        else
        {
            _lastWatts = sample.Watts;
        }

        _samples++;
        Draw(sample.Seconds, sample.Watts);
        Span = (Span.First, sample.Seconds);
    }

    /// <summary>A sample lasts until the next; where that is late, samples are missing.</summary>
    private void Advance(double seconds)
    {
        double step = seconds - _last;
        if (double.IsNaN(_step))
        {
            _step = step;
        }

        if (step > LongestStep * _step)
        {
            Gaps = (Gaps.Count + 1, Gaps.Seconds + step - _step);
            _isWhole = false;
        }
        else
        {
            _step += (step - _step) / Math.Min(1000, _written);
        }

        _joules += _lastWatts * step;
        TotalJoules += _lastWatts * step;
    }

    private void Begin(double seconds, bool isHigh, bool isWhole)
    {
        (_start, _joules, _samples, _isHigh, _isWhole) = (seconds, 0, 0, isHigh, isWhole);
        if (isHigh && isWhole && _pictures.Count < PicturesKept)
        {
            _picture = [];
        }
    }

    private void Close(double seconds, bool isWhole)
    {
        if (seconds > _start)
        {
            _segments.Add(new Segment(_start, seconds - _start, _joules, _samples, _isHigh, isWhole));
        }

        if (!_isHigh && _picture is not null)
        {
            _pictures.Add(_picture);
            _picture = null;
        }
    }

    private void Draw(double seconds, double watts)
    {
        if (_picture is { Count: < LongestPicture } && (_isHigh || seconds - _start < 0.3 * (_start - _picture[0].Seconds)))
        {
            _picture.Add((seconds, watts));
        }
    }

    private void Sketch(double seconds, double watts)
    {
        if (_inBucket == 0)
        {
            if (_overview.Count == Buckets)
            {
                for (int i = 0; i < Buckets / 2; i++)
                {
                    var (one, two) = (_overview[2 * i], _overview[(2 * i) + 1]);
                    _overview[i] = (one.Start, Math.Min(one.Least, two.Least), Math.Max(one.Most, two.Most));
                }

                _overview.RemoveRange(Buckets / 2, Buckets / 2);
                _perBucket *= 2;
            }

            _overview.Add((seconds, float.MaxValue, float.MinValue));
        }

        var (start, least, most) = _overview[^1];
        _overview[^1] = (start, Math.Min(least, (float)watts), Math.Max(most, (float)watts));
        _inBucket = (_inBucket + 1) % _perBucket;
    }
}
