namespace NanoFormer.Data.Preparation;

/// <summary>Parts the subjects of some windows for cross-validation: each part is judged on once, by what the others taught.</summary>
public static class SubjectFolds
{
    /// <summary>Parts the subjects so that the parts have about as many windows of each class.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="first">The subjects of the first part.</param>
    /// <param name="most">The most parts; the others are about as large as the first, or larger when there would be more.</param>
    /// <returns>The parts, the given one first; at least two.</returns>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: nobody is left for a second part.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Of(WindowSet windows, IReadOnlyList<string> first, int most)
    {
        var counts = windows.Subjects.Zip(windows.Labels).GroupBy(window => window.First, window => window.Second, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Enumerable.Range(0, windows.ClassNames.Count).Select(label => group.LongCount(one => one == label)).ToArray());
        string[] rest = [.. counts.Keys.Except(first).OrderByDescending(subject => counts[subject].Sum()).ThenBy(subject => subject, StringComparer.Ordinal)];
        if (rest.Length == 0)
        {
            throw new DataException(DataError.BadOption, "All subjects are held out: one must be left to learn from.");
        }

        long size = first.Sum(subject => counts.TryGetValue(subject, out long[]? own) ? own.Sum() : 0);
        double wanted = (double)rest.Sum(subject => counts[subject].Sum()) / Math.Max(1, size);
        int others = Math.Clamp((int)Math.Round(Math.Min(wanted, most)), 1, Math.Min(most - 1, rest.Length));
        var parts = Enumerable.Range(0, others).Select(_ => (Subjects: new List<string>(), Counts: new long[windows.ClassNames.Count])).ToArray();
        foreach (string subject in rest)
        {
            long[] own = counts[subject];
            var (subjects, sums) = parts.OrderBy(part => part.Counts.Zip(own, (sum, count) => sum * count).Sum()).ThenBy(part => part.Counts.Sum()).First();
            subjects.Add(subject);
            for (int label = 0; label < own.Length; label++)
            {
                sums[label] += own[label];
            }
        }

        return [first, .. parts.Select(part => part.Subjects)];
    }
}
