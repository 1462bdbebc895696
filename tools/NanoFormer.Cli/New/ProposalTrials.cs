using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NanoFormer.Data.Discovery;
using NanoFormer.Files;
using NanoFormer.Search.Jobs;

namespace NanoFormer.Cli.New;

/// <summary>Trains each proposal of a plan without the subjects that are held out, and keeps the one that knows those best.</summary>
internal static class ProposalTrials
{
    private const double LeastGain = 0.005; // in accuracy: less may be chance
    private const string ResultFile = "proposals.json";

    private sealed record Results(string Proposals, double?[] Accuracies);

    /// <summary>Chooses and writes the configuration; nothing to choose from gives null.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Choice? Choose(NewPlan plan, CancellationToken cancellation)
    {
        if (plan.Proposals.Count < 2 || plan.Proposals[0].Proposal.Config.Data.ValidationSubjects.Count == 0)
        {
            return null;
        }

        double?[] accuracies = Measure(plan, cancellation);
        int best = Enumerable.Range(0, accuracies.Length).MaxBy(i => (accuracies[i] ?? 0) - (i == 0 ? 0 : LeastGain));
        NewPlan.WriteConfig(plan.Request, plan.Proposals[best].Proposal);
        return new Choice("tried", string.Join(", ", plan.Proposals.Zip(accuracies, (proposal, accuracy) => accuracy is { } value
                ? string.Create(CultureInfo.InvariantCulture, $"{proposal.Name} {100 * value:0.0} %")
                : $"{proposal.Name} failed")) + $": {plan.Proposals[best].Name}",
            $"on subjects that were held out: {string.Join(", ", plan.Proposals[0].Proposal.Config.Data.ValidationSubjects)}");
    }

    /// <summary>The accuracy of each proposal, 0..1, null for one that failed; those of the same proposals are measured once.</summary>
    private static double?[] Measure(NewPlan plan, CancellationToken cancellation)
    {
        string path = Path.Combine(plan.Request.Folder, ResultFile);
        string asked = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(plan.Proposals.Select(proposal => proposal.Proposal.Text)))));
        if (File.Exists(path) && JsonSerializer.Deserialize<Results>(File.ReadAllText(path)) is { } known && known.Proposals == asked)
        {
            return known.Accuracies;
        }

        var trainer = new ChildTrainer(ThisProgram.Start, plan.WindowsFolder, Path.Combine(plan.Request.Folder, "trying"), seed: 1);
        using var processors = new SemaphoreSlim(Environment.ProcessorCount);
        double?[] accuracies = Task.WhenAll(plan.Proposals.Select(async (proposal, number) =>
        {
            await processors.WaitAsync(cancellation);
            try
            {
                var config = proposal.Proposal.Config;
                return (double?)(await trainer.TrainAsync(new TrialJob(number, 0, config, config.FloatTraining.Epochs), cancellation)).Score.Accuracy;
            }
            catch (TrialException)
            {
                return null;
            }
            finally
            {
                processors.Release();
            }
        })).GetAwaiter().GetResult();
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(new Results(asked, accuracies)));
        return accuracies;
    }
}
