namespace NanoFormer.Data.Preparation;

/// <summary>
/// Chooses whole subjects or sources that together make about a share of the samples, with about its share of every class.
/// </summary>
internal static class UnitChoice
{
    private const int Attempts = 500;

    /// <summary>
    /// The best of many seeded draws: units are drawn until they make the share. The draw is kept in which the samples, by class, lie
    /// nearest to it. At least one unit is chosen and one is left.
    /// </summary>
    public static IReadOnlyList<string> Choose(
        IReadOnlyDictionary<string, IReadOnlyList<Recording>> units, double share, int seed)
    {
        if (share is not (> 0 and < 1))
        {
            throw new DataException(DataError.BadOption, "A share must lie between 0 and 1.");
        }

        if (units.Count < 2)
        {
            throw new DataException(DataError.BadOption, "A single unit cannot be parted: one must be left to learn from.");
        }

        string[] names = units.Keys.Order(StringComparer.Ordinal).ToArray();
        var counts = names.ToDictionary(name => name, name => CountClasses(units[name]));
        var totals = Sum(counts.Values);
        var random = new Random(seed);
        string[] best = Array.Empty<string>();
        double least = double.PositiveInfinity;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            random.Shuffle(names);
            string[] drawn = Draw(names, counts, share * totals.Values.Sum());
            double distance = Distance(Sum(drawn.Select(name => counts[name])), totals, share);
            (best, least) = distance < least ? (drawn, distance) : (best, least);
        }

        return [.. best.Order(StringComparer.Ordinal)];
    }

    /// <summary>As many names from the front as come nearest to this many samples.</summary>
    private static string[] Draw(string[] names, Dictionary<string, Dictionary<string, long>> counts, double samples)
    {
        double drawn = 0;
        int taken = 0;
        while (taken < names.Length - 1)
        {
            double next = drawn + counts[names[taken]].Values.Sum();
            if (taken > 0 && next - samples > samples - drawn)
            {
                break;
            }

            drawn = next;
            taken++;
        }

        return names[..taken];
    }

    /// <summary>Sum over the classes of the squared difference between their share and the one asked for.</summary>
    private static double Distance(Dictionary<string, long> drawn, Dictionary<string, long> totals, double share) =>
        totals.Sum(total => Math.Pow((drawn.GetValueOrDefault(total.Key) / (double)total.Value) - share, 2));

    /// <summary>Samples of each class; those without a label count as a class with an empty name.</summary>
    private static Dictionary<string, long> CountClasses(IReadOnlyList<Recording> recordings)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var recording in recordings)
        {
            foreach (var run in LabelRun.Of(recording.Labels ?? [.. Enumerable.Repeat(Recording.Unlabelled, recording.SampleCount)]))
            {
                string name = run.Label == Recording.Unlabelled ? "" : recording.ClassNames[run.Label];
                counts[name] = counts.GetValueOrDefault(name) + run.End - run.Begin;
            }
        }

        return counts;
    }

    private static Dictionary<string, long> Sum(IEnumerable<Dictionary<string, long>> counts) =>
        counts.SelectMany(count => count).GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
}
