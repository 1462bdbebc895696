using NanoFormer.Search.Costs;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Evolution;

/// <summary>Finds the next candidate to train: one that is new and within the budget. Candidates over budget are recorded, too.</summary>
/// <param name="breeder">Makes candidates.</param>
/// <param name="meter">Tells what they cost.</param>
/// <param name="budget">What they may cost.</param>
/// <param name="trials">Takes them.</param>
/// <param name="seed">With the number of the candidate, the seed of what is random about it.</param>
/// <param name="isInTime">Whether candidates that take much longer to train than the given one are passed over.</param>
internal sealed class Proposer(Breeder breeder, ICostMeter meter, DeviceBudget budget, ITrialList trials, int seed, bool isInTime = false)
{
    private const int MostTimes = 3; // the multiply-accumulates of the given one, in a search that was given minutes
    private const int Attempts = 500;
    private const int MutatedAttempts = Attempts / 2; // the surroundings of a small population may be used up
    private const int SeedStride = 1_000_003;

    private readonly HashSet<string> _seen = [.. trials.Trials.Select(trial => KeyOf(trial.Config))];

    /// <summary>Finds and records the candidate.</summary>
    /// <param name="number">How many were trained before it.</param>
    /// <param name="standings">The scores it may be bred from.</param>
    /// <exception cref="SearchException"><see cref="SearchError.NoCandidate"/>.</exception>
    public Trial Propose(int number, IReadOnlyList<Standing> standings)
    {
        var random = new Random(unchecked((seed * SeedStride) + number));
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var offspring = Make(number, attempt, standings, random);
            if (Take(offspring) is { OverBudget: null } trial)
            {
                return trial;
            }
        }

        throw new SearchException(SearchError.NoCandidate, $"Of {Attempts} candidates none was new and within the budget {budget}.");
    }

    private Offspring Make(int number, int attempt, IReadOnlyList<Standing> standings, Random random)
    {
        if (number == 0 && attempt == 0)
        {
            return breeder.Given;
        }

        return number < breeder.RandomTrials || standings.Count == 0 || attempt >= MutatedAttempts
            ? breeder.Draw(random)
            : breeder.Mutate(standings, random);
    }

    /// <summary>Records a candidate, unless it is impossible or known.</summary>
    private Trial? Take(Offspring offspring)
    {
        if (offspring.Config is not { } config || !_seen.Add(KeyOf(config)) || meter.Measure(config, budget) is not var (measured, costs))
        {
            return null;
        }

        if (isInTime && trials.Trials is [{ Origin: TrialOrigin.Given } given, ..] && costs.Macs > MostTimes * given.Costs.Macs)
        {
            return null;
        }

        return trials.Add(offspring.Origin, offspring.Parent, measured, costs, budget.Excess(costs));
    }

    /// <summary>Tells configurations apart; whether the image is packed follows from the rest.</summary>
    private static string KeyOf(TrainingConfig config) => (config with { Pack = false }).ToJson();
}
