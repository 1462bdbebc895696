using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Evolution;

/// <summary>
/// Successive halving (Jamieson and Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter Optimization, 2016): all trials
/// are trained for a few epochs, the best quarter of them four times as long, and so on up to the epochs of the configuration. The trial that
/// the search was given takes part in every round, so that what is found is compared with it at equal length.
/// </summary>
public static class Halving
{
    private const int Factor = 4;
    private const int Fewest = 2; // the given one and a rival

    /// <summary>Trials and epochs of each round; the last one has the configuration's epochs.</summary>
    public static IEnumerable<(int Trials, int Epochs)> Rounds(int trials, int epochs, int configuredEpochs)
    {
        yield return (trials, epochs);
        while (trials > 1 && epochs < configuredEpochs)
        {
            trials = Part(trials);
            epochs = trials <= Fewest || epochs * Factor * Factor > configuredEpochs ? configuredEpochs : epochs * Factor;
            yield return (trials, epochs);
        }
    }

    /// <summary>The trials that go on, front by front, the given one among them.</summary>
    /// <param name="standings">Those of the round before.</param>
    /// <param name="count">How many there is time for; null for the best quarter.</param>
    public static IReadOnlyList<Standing> Promote(IReadOnlyCollection<Standing> standings, int? count = null)
    {
        int places = Math.Min(count ?? Part(standings.Count), standings.Count);
        var sorted = ParetoFront.Sort(standings).ToArray();
        return sorted.Skip(places).FirstOrDefault(one => one.Trial.Origin == TrialOrigin.Given) is { } given
            ? [.. sorted.Take(places - 1), given]
            : [.. sorted.Take(places)];
    }

    private static int Part(int trials) => Math.Min(trials, Math.Max(Fewest, (trials + Factor - 1) / Factor));
}
