namespace NanoFormer.Search.Evolution;

/// <summary>Trials that no other is better than in accuracy, bytes of flash and instructions together.</summary>
public static class ParetoFront
{
    /// <summary>The front, the most accurate first.</summary>
    public static IReadOnlyList<Standing> Of(IReadOnlyCollection<Standing> standings) =>
        [.. standings.Where(one => !standings.Any(other => other.Dominates(one))).OrderByDescending(one => one.Score.Accuracy)];

    /// <summary>
    /// All of them: the front, then the front of the rest, and so on (the non-dominated sorting of Deb et al., A Fast and Elitist
    /// Multiobjective Genetic Algorithm: NSGA-II, 2002); within each the most accurate first.
    /// </summary>
    public static IEnumerable<Standing> Sort(IReadOnlyCollection<Standing> standings)
    {
        var rest = standings.ToList();
        while (rest.Count > 0)
        {
            var front = Of(rest);
            foreach (var one in front)
            {
                rest.Remove(one);
                yield return one;
            }
        }
    }
}
