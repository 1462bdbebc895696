using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NanoFormer.Energy.Traces;

/// <summary>
/// What ST's PowerShield X-NUCLEO-LPM01A sends in its ASCII form: <c>dddd[+-]dd</c> a sample (joules of a period in energy mode), its own
/// time every 1000 samples, and events of its pin.
/// </summary>
internal sealed partial class Lpm01aTrace : Trace
{
    private readonly StreamReader _lines;
    private readonly double _volts;
    private double _period;
    private readonly double _scale;
    private bool _isEnergy = true;
    private bool _hasData;
    private long _line;
    private long _samples;
    private bool _event;
    private (double Seconds, long Samples)? _stamp;
    private int _lastEvent = -1;

    public Lpm01aTrace(string path, TraceOptions options)
    {
        _scale = options.TimeScale;
        _period = options.Rate is { } rate ? 1 / rate : 0;
        _volts = options.Voltage ?? double.NaN;
        _lines = new StreamReader(path, Encoding.Latin1);
    }

    public override string Format => "LPM01A capture";

    public override bool HasPins => true;

    public override double Done => _lines.BaseStream.Length == 0 ? 1 : (double)_lines.BaseStream.Position / _lines.BaseStream.Length;

    /// <summary>Whether text is such a capture: its commands, stamps, events, or numbers in its form alone.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) => Beginning().IsMatch(Encoding.Latin1.GetString(start));

    public override bool Read(TraceBlock block)
    {
        block.Count = 0;
        while (!block.IsFull && _lines.ReadLine() is { } text)
        {
            _line++;
            Take(text.Trim(), block);
        }

        if (block.Count == 0 && !_hasData)
        {
            throw new EnergyException(EnergyError.EmptyTrace, "the LPM01A capture holds no samples.");
        }

        return block.Count > 0;
    }

    protected override void Dispose(bool disposing) => _lines.Dispose();

    private void Take(string text, TraceBlock block)
    {
        if (Sample().Match(text) is { Success: true } sample)
        {
            Start();
            double value = double.Parse(sample.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                * Math.Pow(10, int.Parse(sample.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
            // An event is a falling edge: high up to it, low at the sample that follows.
            block.Add(_samples++ * _period * _scale, _isEnergy ? value / (_period * _scale) : value * _volts, _event ? 0 : 1);
            _event = false;
            _hasData = true;
            return;
        }

        if (Event().Match(text) is { Success: true } signal)
        {
            int number = int.Parse(signal.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (_lastEvent >= 0 && number != (_lastEvent + 1) % 256 && number != _lastEvent + 1)
            {
                Find("lost_event", $"line {_line}: event {number} follows event {_lastEvent}; one between is lost");
            }

            _lastEvent = number;
            _event = true;
            return;
        }

        if (Stamp().Match(text) is { Success: true } stamp)
        {
            CheckStamp(int.Parse(stamp.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + (int.Parse(stamp.Groups[2].ValueSpan, CultureInfo.InvariantCulture) / 1000.0));
            return;
        }

        if (Setting().Match(text) is { Success: true } setting)
        {
            Set(setting.Groups[1].Value, setting.Groups[2].Value);
            return;
        }

        if (text.Length > 0 && _hasData && char.IsAsciiDigit(text[0]))
        {
            throw new EnergyException(EnergyError.BadField, $"line {_line}: '{text[..Math.Min(20, text.Length)]}' is not a sample of an LPM01A, which are dddd-dd.");
        }
    }

    private void Start()
    {
        if (_hasData)
        {
            return;
        }

        if (_period <= 0)
        {
            throw new EnergyException(EnergyError.NoTimeBase, "the capture does not hold the command 'freq'; say the samples per second with --rate, such as --rate 1000.");
        }

        if (!_isEnergy && double.IsNaN(_volts))
        {
            throw new EnergyException(EnergyError.NoVoltage, "the capture is of currents; say the supply with --voltage.");
        }
    }

    private void Set(string name, string value)
    {
        if (name == "freq" && Frequency().Match(value) is { Success: true } match)
        {
            _period = 1 / (double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * (match.Groups[2].Length > 0 ? 1000 : 1));
        }

        if (name == "output")
        {
            _isEnergy = value == "energy";
        }
    }

    /// <summary>The instrument's own time against the samples that came: some may be lost.</summary>
    private void CheckStamp(double seconds)
    {
        if (_stamp is { } before && _period > 0)
        {
            double expected = (seconds - before.Seconds) / _period;
            long came = _samples - before.Samples;
            if (Math.Abs(came - expected) > 0.02 * Math.Max(came, expected) + 2)
            {
                throw new EnergyException(EnergyError.TimeBase, string.Create(CultureInfo.InvariantCulture,
                    $"line {_line}: {came} samples came in {seconds - before.Seconds:0.###} s of the instrument, {expected:0} should have: samples are lost, or the rate is not {1 / _period:0} (--rate)."));
            }
        }

        _stamp = (seconds, _samples);
    }

    [GeneratedRegex(@"\A(?:[^\n]*\n){0,20}?\s*(?:TimeStamp:|event \d+|\d{4}[+-]\d\d\s*(?:\r?\n|\z)|(?:PowerShield > )?(?:ack )?(?:htc|freq \d|output (?:energy|current)|trigsrc|eventsrc)\b)")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^(\d{4})([+-]\d\d)$")]
    private static partial Regex Sample();

    [GeneratedRegex(@"^event (\d{1,5})(?: (?:ris|fal))?$")]
    private static partial Regex Event();

    [GeneratedRegex(@"^TimeStamp: (\d{1,7})s (\d{1,3})ms")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"^(?:PowerShield > )?(?:ack )?(freq|output) (\w+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^(\d{1,6})(k?)$")]
    private static partial Regex Frequency();
}
