using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Evolution;

/// <summary>A round of a search.</summary>
/// <param name="Trials">The most trials that take part.</param>
/// <param name="Epochs">Epochs of their float phase.</param>
/// <param name="Fold">
/// Which part of the subjects they are judged on, after whole trainings from random weights; null for a look, on the first part, after fewer
/// epochs or from the weights of others.
/// </param>
public sealed record SearchRound(int Trials, int Epochs, int? Fold = null);

/// <summary>
/// Successive halving (Jamieson and Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter Optimization, 2016): all trials
/// are trained for a few epochs, the best quarter of them four times as long, and so on up to the epochs of the configuration; the best of
/// these are then judged on every other part of the subjects, too. The trial that the search was given takes part in every round.
/// </summary>
public static class Halving
{
    private const int Factor = 4;
    private const int Fewest = 2; // the given one and a rival
    private const int Finalists = 3;

    /// <summary>The rounds: looks, whole trainings judged on the first part, and those of the finalists, one round per part.</summary>
    /// <param name="trials">Candidates.</param>
    /// <param name="epochs">Epochs of the first look.</param>
    /// <param name="configuredEpochs">Epochs of a whole training.</param>
    /// <param name="folds">Parts of the subjects.</param>
    /// <param name="isOneLook">Whether whole trainings follow the first look.</param>
    public static IEnumerable<SearchRound> Rounds(int trials, int epochs, int configuredEpochs, int folds, bool isOneLook = false)
    {
        yield return new SearchRound(trials, epochs);
        if (trials == 1)
        {
            yield break;
        }

        while (true)
        {
            trials = Part(trials);
            epochs *= Factor;
            if (isOneLook || trials <= Fewest || epochs * Factor > configuredEpochs)
            {
                break;
            }

            yield return new SearchRound(trials, epochs);
        }

        for (int fold = 0; fold < folds; fold++)
        {
            yield return new SearchRound(fold == 0 ? trials : Math.Min(trials, Finalists), configuredEpochs, fold);
        }
    }

    /// <summary>The trials of a later round.</summary>
    /// <param name="rounds">All rounds.</param>
    /// <param name="round">Which.</param>
    /// <param name="trials">The trials of the search.</param>
    /// <param name="count">How many there is time for; null for the usual.</param>
    public static IReadOnlyList<Trial> Of(IReadOnlyList<SearchRound> rounds, int round, IEnumerable<Trial> trials, int? count = null)
    {
        bool isFinal = rounds[round].Fold > 0;
        int before = isFinal ? rounds.Index().First(one => one.Item.Fold == 0).Index : round - 1;
        var promoted = Promote(Standing.InRound(trials, before), count ?? (isFinal ? Finalists : null)).Select(one => one.Trial);
        return [.. promoted.OrderBy(trial => trial.Origin == TrialOrigin.Given ? 0 : 1)]; // should time run out, the others are compared with it
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

    /// <summary>The best quarter of that number, but enough to compare.</summary>
    internal static int Part(int trials) => Math.Min(trials, Math.Max(Fewest, (trials + Factor - 1) / Factor));
}
