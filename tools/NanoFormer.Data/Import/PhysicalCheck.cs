namespace NanoFormer.Data.Import;

/// <summary>Holds units against physics: a sensor at rest feels one g, and motion is sampled neither daily nor by the nanosecond.</summary>
internal sealed class PhysicalCheck
{
    private const double Gravity = 9.80665;      // m/s^2
    private const double Tolerance = 0.1;        // of it, in the middle of a recording in which somebody may move
    private const double FastestGyroscope = 70;  // rad/s; 4000 deg/s
    private const double SlowestMotion = 1;      // Hz
    private const double FastestMotion = 100e3;  // Hz, of a piezoelectric accelerometer
    private const double FastestTurn = 40e3;     // Hz, of a gyroscope
    private const double EpochBegin = 978_307_200;   // 2001
    private const double EpochEnd = 4_102_444_800;   // 2100

    private static readonly (double Seconds, string Name)[] TimeUnits = [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")];

    private readonly IReadOnlyList<SourceChannel> _channels;
    private readonly (int[] Axes, double[] Units)[] _accelerometers;
    private readonly LogHistogram[] _magnitudes;

    public PhysicalCheck(IReadOnlyList<SourceChannel> channels)
    {
        _channels = channels;
        var axes = channels.Index().Where(pair => IsAcceleration(pair.Item.Unit)).GroupBy(pair => pair.Item.Unit);
        _accelerometers = [.. axes.SelectMany(group => group.Select(pair => pair.Index).Chunk(3))
            .Where(group => group.Length == 3).Select(group => (group, new double[3]))];
        _magnitudes = [.. _accelerometers.Select(_ => new LogHistogram())];
    }

    /// <summary>Takes the values of a sample.</summary>
    public void Add(double[] values)
    {
        for (int i = 0; i < _accelerometers.Length; i++)
        {
            int[] axes = _accelerometers[i].Axes;
            var (x, y, z) = (values[axes[0]], values[axes[1]], values[axes[2]]);
            double magnitude = Math.Sqrt(x * x + y * y + z * z);
            if (double.IsFinite(magnitude))
            {
                _magnitudes[i].Add(magnitude);
            }
        }
    }

    /// <summary>Tells units that do not fit the values.</summary>
    public void FindUnits(IReadOnlyList<ValueRange> ranges, FindingLog log)
    {
        foreach (var (accelerometer, magnitudes) in _accelerometers.Zip(_magnitudes))
        {
            var channel = _channels[accelerometer.Axes[0]];
            if (magnitudes.Median() is { } median && OtherUnit(channel.Unit, median) is { } other)
            {
                string names = string.Join(", ", accelerometer.Axes.Select(axis => _channels[axis].Name));
                log.Add(FindingKind.SuspectUnit, FindingOutcome.Noted, FormattableString.Invariant(
                    $"columns {names}: {median:0.##} {channel.Unit} in the middle; are they in {other}?"));
            }
        }

        foreach (var (channel, range) in _channels.Zip(ranges).Where(pair => pair.First.Unit == "rad/s"))
        {
            if (range.LargestWithin > FastestGyroscope)
            {
                log.Add(FindingKind.SuspectUnit, FindingOutcome.Noted, FormattableString.Invariant(
                    $"column {channel.Name}: {range.LargestWithin:0.##} rad/s at most, faster than gyroscopes measure; is it in deg/s?"));
            }
        }
    }

    /// <summary>Refuses a unit of time in which the stamps make no sense, where another one does.</summary>
    public void FindTimeUnit(SourceRecording source, double? rateHz, bool keep, FindingLog log)
    {
        if (source.FirstStamp is not { } stamp || rateHz is not { } rate)
        {
            return;
        }

        var others = TimeUnits.Where(unit => unit.Seconds != source.TimeUnitSeconds
            && FitsMotion(rate * source.TimeUnitSeconds / unit.Seconds)
            && (IsEpoch(stamp * unit.Seconds) || Math.Abs(stamp * unit.Seconds) < EpochBegin)).ToArray();
        double seconds = stamp * source.TimeUnitSeconds;
        bool fits = FitsMotion(rate) && seconds <= EpochEnd && (IsEpoch(seconds) || !others.Any(unit => IsEpoch(stamp * unit.Seconds)));
        if (fits || others.Length == 0 || (source.RateHz is { } stated && RateAgreement.Agrees(rate, stated)))
        {
            return;
        }

        var better = others[0];
        double rateInBetter = SampleTimes.Round(rate * source.TimeUnitSeconds / better.Seconds);
        log.Add(FindingKind.TimeUnit, keep, FormattableString.Invariant(
            $"{source.Place.File}: from {stamp:0.######} on at {SampleTimes.Round(rate):G5} Hz; in {better.Name} it is {rateInBetter:G5} Hz"));
    }

    private bool FitsMotion(double rate)
    {
        bool turns = _channels.Any(channel => IsTurn(channel.Unit));
        return rate <= (turns ? FastestTurn : FastestMotion)
            && (rate >= SlowestMotion || !(turns || _channels.Any(channel => IsAcceleration(channel.Unit))));
    }

    private static bool IsEpoch(double seconds) => seconds is >= EpochBegin and <= EpochEnd;

    private static bool IsAcceleration(string unit) => UnitOf(unit) > 0;

    private static bool IsTurn(string unit) => unit is "rad/s" or "deg/s" or "dps";

    /// <summary>The unit of acceleration in which a sensor at rest would feel so much; null when the stated one fits, or none.</summary>
    private static string? OtherUnit(string unit, double magnitude)
    {
        double factor = UnitOf(unit);
        return (string[])["g", "m/s2", "mg"] is var units && !IsRest(magnitude * factor)
            ? units.FirstOrDefault(other => UnitOf(other) != factor && IsRest(magnitude * UnitOf(other)))
            : null;
    }

    private static bool IsRest(double metres) => Math.Abs(metres - Gravity) <= Tolerance * Gravity;

    private static double UnitOf(string unit) => unit switch
    {
        "g" => Gravity,
        "mg" => Gravity / 1000,
        "m/s2" or "m/s^2" or "m/s²" or "m/(s^2)" => 1,
        _ => 0,
    };
}
