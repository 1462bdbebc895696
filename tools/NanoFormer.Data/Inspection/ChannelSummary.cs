namespace NanoFormer.Data.Inspection;

/// <summary>The values of one channel over a whole data set, in its unit.</summary>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Scale">Units of one int16 step.</param>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Root of the mean squared difference from the mean.</param>
/// <param name="Saturated">
/// Samples that stay at the lowest or the highest value for at least five in a row, as those of a sensor at its limit do.
/// </param>
public sealed record ChannelSummary(
    string Name, string Unit, double Scale, double Min, double Max, double Mean, double StandardDeviation, long Saturated);

/// <summary>Counts the values of one channel as they come.</summary>
internal sealed class ChannelTally
{
    private const int Plateau = 5;

    private long _count;
    private double _sum;
    private double _squares;
    private (short Value, long Saturated) _low = (short.MaxValue, 0);
    private (short Value, long Saturated) _high = (short.MinValue, 0);
    private short _last;
    private int _run;

    /// <summary>Begins another recording: no run of equal values spans two.</summary>
    public void Cut() => _run = 0;

    /// <summary>Takes the next value.</summary>
    public void Add(short value)
    {
        _run = _run > 0 && value == _last ? _run + 1 : 1;
        _last = value;
        _sum += value;
        _squares += (double)value * value;
        _count++;
        if (value <= _low.Value)
        {
            _low = Extreme(_low, value);
        }

        if (value >= _high.Value)
        {
            _high = Extreme(_high, value);
        }
    }

    /// <summary>What was counted.</summary>
    public ChannelSummary Of(ChannelInfo info)
    {
        if (_count == 0)
        {
            return new ChannelSummary(info.Name, info.Unit, info.Scale, 0, 0, 0, 0, 0);
        }

        double mean = _sum / _count;
        double deviation = Math.Sqrt(Math.Max(0, (_squares / _count) - (mean * mean)));
        long saturated = _low.Value == _high.Value ? _low.Saturated : _low.Saturated + _high.Saturated;
        return new ChannelSummary(
            info.Name, info.Unit, info.Scale, _low.Value * info.Scale, _high.Value * info.Scale, mean * info.Scale, deviation * info.Scale,
            saturated);
    }

    /// <summary>A new extreme begins the count; the samples of a plateau count once there are enough of them.</summary>
    private (short Value, long Saturated) Extreme((short Value, long Saturated) known, short value)
    {
        long before = known.Value == value ? known.Saturated : 0;
        return (value, before + (_run == Plateau ? Plateau : _run > Plateau ? 1 : 0));
    }
}
