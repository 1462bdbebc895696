namespace NanoFormer.Data.Import;

/// <summary>The magnitudes of one channel: the largest, and the largest that its neighbours in time confirm.</summary>
internal sealed class ValueRange
{
    private const int Window = 5;
    private const double FarBeyond = 16; // the confirmed magnitude: four of the sixteen bits a value is stored in
    private const int Octaves = 256;

    private readonly double[] _recent = new double[Window];
    private readonly double[] _largestOfOctave = new double[Octaves];
    private int _seen;
    private double _confirmed;

    /// <summary>The largest magnitude of all.</summary>
    public double Largest { get; private set; }

    /// <summary>Magnitudes above this are single errors; infinite when nothing is far beyond the rest.</summary>
    public double Limit => _confirmed > 0 && Largest > FarBeyond * _confirmed ? FarBeyond * _confirmed : double.PositiveInfinity;

    /// <summary>The largest magnitude that is not an error.</summary>
    public double LargestWithin => double.IsInfinity(Limit)
        ? Largest
        : _largestOfOctave.Where(magnitude => magnitude <= Limit).Max();

    /// <summary>Begins another stretch of time.</summary>
    public void Cut()
    {
        // Too few values to confirm each other: they stand for themselves.
        _confirmed = _seen is > 0 and < Window ? Math.Max(_confirmed, _recent.AsSpan(0, _seen).ToArray().Max()) : _confirmed;
        _seen = 0;
    }

    /// <summary>Takes the next value; one that is missing counts for nothing.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        double magnitude = Math.Abs(value);
        _recent[_seen % Window] = magnitude;
        _seen = _seen == 2 * Window - 1 ? Window : _seen + 1;
        Largest = Math.Max(Largest, magnitude);
        ref double ofOctave = ref _largestOfOctave[Octave(magnitude)];
        ofOctave = magnitude > ofOctave ? magnitude : ofOctave;
        if (_seen >= Window && magnitude > _confirmed)
        {
            _confirmed = Math.Max(_confirmed, MiddleOfRecent());
        }
    }

    private static int Octave(double magnitude) => magnitude > 0 ? Math.Clamp(Math.ILogB(magnitude) + Octaves / 2, 0, Octaves - 1) : 0;

    private double MiddleOfRecent()
    {
        Span<double> values = stackalloc double[Window];
        _recent.CopyTo(values);
        values.Sort();
        return values[Window / 2];
    }
}
