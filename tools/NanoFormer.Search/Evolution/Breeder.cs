using NanoFormer.Search.Space;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Evolution;

/// <summary>A candidate that has not been looked at.</summary>
/// <param name="Config">Its configuration; null when the change made something impossible.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Parent">For a mutation, the trial that was changed.</param>
internal sealed record Offspring(TrainingConfig? Config, TrialOrigin Origin, int? Parent = null);

/// <summary>
/// Makes candidates: at first at random, then by regularized evolution (Real et al., Regularized Evolution for Image Classifier
/// Architecture Search, 2019). The population is the youngest trials, however good; of a few of them drawn at random the winner is changed
/// in one thing. The winner is the most accurate or, every other time, any of their Pareto front.
/// </summary>
/// <param name="space">What may be changed.</param>
/// <param name="randomTrials">Trials at the beginning that are drawn at random.</param>
internal sealed class Breeder(SearchSpace space, int randomTrials)
{
    /// <summary>Trials at the beginning that are drawn at random.</summary>
    public int RandomTrials => randomTrials;

    private const int Population = 25;
    private const int Tournament = 5;

    /// <summary>The configuration that the search was given.</summary>
    public Offspring Given => new(space.Given, TrialOrigin.Given);

    public Offspring Draw(Random random) => new(space.Draw(random), TrialOrigin.Random);

    /// <summary>A change of one of the trials; there must be some.</summary>
    public Offspring Mutate(IReadOnlyList<Standing> standings, Random random)
    {
        Standing[] drawn = [.. standings.TakeLast(Population)];
        random.Shuffle(drawn);
        drawn = [.. drawn.Take(Tournament)];
        var front = ParetoFront.Of(drawn);
        var winner = random.Next(2) == 0 ? Standing.Best(drawn) : front[random.Next(front.Count)];
        return new Offspring(space.Mutate(winner.Trial.Config, random), TrialOrigin.Mutation, winner.Trial.Id);
    }
}
