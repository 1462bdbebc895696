namespace NanoFormer.Data.Preparation;

/// <summary>
/// Chooses the windows that a quantizer measures ranges on: the lowest and the highest value of every channel, and a share of every class
/// of every subject.
/// </summary>
public static class CalibrationChoice
{
    /// <summary>Chooses windows; the same windows, count and seed give the same choice.</summary>
    /// <param name="windows">Windows to choose from: of the train part, never of the test.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <returns>Indices of the chosen windows, ascending.</returns>
    /// <exception cref="DataException">
    /// <see cref="DataError.BadOption"/>: fewer than the extremes and the strata need, or more than there are.
    /// </exception>
    public static IReadOnlyList<int> Choose(WindowSet windows, int count, int seed)
    {
        if (windows.Count == 0)
        {
            throw new DataException(DataError.BadOption, "There are no windows to choose from.");
        }

        int[][] strata = Enumerable.Range(0, windows.Count)
            .GroupBy(i => (windows.Labels[i], windows.Subjects[i]))
            .OrderBy(group => group.Key.Item1).ThenBy(group => group.Key.Item2, StringComparer.Ordinal)
            .Select(group => group.ToArray()).ToArray();
        var chosen = Extremes(windows).ToHashSet();
        int needed = chosen.Count + strata.Count(stratum => !stratum.Any(chosen.Contains));
        if (count < needed || count > windows.Count)
        {
            throw new DataException(DataError.BadOption, FormattableString.Invariant(
                $"A calibration set of these {windows.Count} windows has at least {needed} of them (each class of each subject, and the ")
                + FormattableString.Invariant($"extremes of each channel), not {count}."));
        }

        var random = new Random(seed);
        foreach (int[]? stratum in strata)
        {
            random.Shuffle(stratum);
        }

        Fill(chosen, strata, count, windows.Count);
        return [.. chosen.Order()];
    }

    /// <summary>The first window with the lowest, and with the highest, value of each channel.</summary>
    private static IEnumerable<int> Extremes(WindowSet windows)
    {
        int width = windows.Channels.Count;
        for (int channel = 0; channel < width; channel++)
        {
            var (low, high) = (channel, channel);
            for (int i = channel; i < windows.Samples.Length; i += width)
            {
                low = windows.Samples[i] < windows.Samples[low] ? i : low;
                high = windows.Samples[i] > windows.Samples[high] ? i : high;
            }

            yield return low / windows.WindowValues;
            yield return high / windows.WindowValues;
        }
    }

    /// <summary>
    /// Takes windows one at a time, each from the stratum furthest below its share, so that in the end every stratum has one and the
    /// others are in proportion.
    /// </summary>
    private static void Fill(HashSet<int> chosen, int[][] strata, int count, int total)
    {
        int[] taken = strata.Select(stratum => stratum.Count(chosen.Contains)).ToArray();
        while (chosen.Count < count)
        {
            int next = Enumerable.Range(0, strata.Length).Where(i => taken[i] < strata[i].Length)
                .MaxBy(i => taken[i] == 0 ? double.PositiveInfinity : ((double)count * strata[i].Length / total) - taken[i]);
            chosen.Add(strata[next].First(i => !chosen.Contains(i)));
            taken[next]++;
        }
    }
}
