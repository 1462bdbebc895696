namespace NanoFormer.Data.Import;

/// <summary>
/// Counts of values that are not negative, in 32 classes per octave and one for zero: what is usual among many values, in little memory.
/// </summary>
internal sealed class LogHistogram
{
    private const int ClassShift = 47; // leaves the exponent and five bits of the mantissa

    private readonly SortedDictionary<long, Class> _classes = [];
    private Class? _last;
    private long _lastKey = -1;

    /// <summary>How many values there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them are 0.</summary>
    public long Zeros => _classes.GetValueOrDefault(0)?.Count ?? 0;

    /// <summary>Counts a value.</summary>
    public void Add(double value)
    {
        long key = BitConverter.DoubleToInt64Bits(value) >> ClassShift;
        if (key != _lastKey || _last is null)
        {
            if (!_classes.TryGetValue(key, out var found))
            {
                _classes.Add(key, found = new Class());
            }

            (_last, _lastKey) = (found, key);
        }

        _last.Count++;
        _last.Sum += value;
        Count++;
    }

    /// <summary>The value in the middle, to 3 %; null without values.</summary>
    public double? Median(bool withZeros = true)
    {
        long left = (withZeros ? Count : Count - Zeros) / 2;
        foreach (var (_, values) in _classes.Where(pair => withZeros || pair.Key != 0))
        {
            left -= values.Count;
            if (left < 0)
            {
                return values.Mean;
            }
        }

        return null;
    }

    /// <summary>The mean of the values above 0 and up to a limit; null without any.</summary>
    public double? MeanUpTo(double limit)
    {
        var near = _classes.Where(pair => pair.Key != 0 && pair.Value.Mean <= limit).Select(pair => pair.Value).ToArray();
        return near.Length > 0 ? near.Sum(values => values.Sum) / near.Sum(values => values.Count) : null;
    }

    /// <summary>How many values lie above a limit.</summary>
    public long CountAbove(double limit) => _classes.Values.Where(values => values.Mean > limit).Sum(values => values.Count);

    private sealed class Class
    {
        public long Count { get; set; }

        public double Sum { get; set; }

        public double Mean => Sum / Count;
    }
}
