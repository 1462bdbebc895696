namespace NanoFormer.Search.Evolution;

/// <summary>
/// Successive halving (Jamieson and Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter Optimization, 2016): all trials
/// are trained for a few epochs, the best quarter of them four times as long, and so on.
/// </summary>
public static class Halving
{
    private const int Factor = 4;

    /// <summary>Trials and epochs of each round, up to the epochs of the configuration and while there are trials to compare.</summary>
    public static IEnumerable<(int Trials, int Epochs)> Rounds(int trials, int epochs, int configuredEpochs)
    {
        yield return (trials, epochs);
        for (trials = Part(trials), epochs *= Factor; trials > 1 && epochs <= configuredEpochs; trials = Part(trials), epochs *= Factor)
        {
            yield return (trials, epochs);
        }
    }

    /// <summary>The trials that go on, front by front.</summary>
    public static IEnumerable<Standing> Promote(IReadOnlyCollection<Standing> standings) =>
        ParetoFront.Sort(standings).Take(Part(standings.Count));

    private static int Part(int trials) => (trials + Factor - 1) / Factor;
}
