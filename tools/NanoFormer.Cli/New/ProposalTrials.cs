using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NanoFormer.Data;
using NanoFormer.Data.Discovery;
using NanoFormer.Data.Preparation;
using NanoFormer.Files;
using NanoFormer.Search.Evolution;
using NanoFormer.Search.Jobs;
using NanoFormer.Training.Proposal;

namespace NanoFormer.Cli.New;

/// <summary>
/// Trains each proposal of a plan without the subjects that are held out, and keeps the first unless another knows those better by more than
/// chance. Where time allows, other subjects are held out in turn.
/// </summary>
internal static class ProposalTrials
{
    private const double ShareOfTime = 0.25; // of the minutes
    private const int MostFolds = 5;
    private const string ResultFile = "proposals.json";

    private sealed record Results(string Asked, double?[][] Accuracies);

    /// <summary>Chooses and writes the configuration; nothing to choose from gives null.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Choice? Choose(NewPlan plan, CancellationToken cancellation)
    {
        if (plan.Proposals.Count < 2 || plan.Proposals[0].Proposal.Config.Data.ValidationSubjects.Count == 0)
        {
            return null;
        }

        var train = PackedDataset.Open(plan.WindowsFolder).ReadWindows(DatasetSplit.Train);
        var folds = Folds(plan, train);
        double?[][] accuracies = Measure(plan, folds, cancellation);
        int best = Best(accuracies, train.Subjects.Count(folds[0].Contains));
        NewPlan.WriteConfig(plan.Request, plan.Proposals[best].Proposal);
        return new Choice("tried", string.Join(", ", plan.Proposals.Zip(accuracies, (proposal, own) => own.Contains(null)
                ? $"{proposal.Name} failed"
                : string.Create(CultureInfo.InvariantCulture, $"{proposal.Name} {100 * own.Average()!.Value:0.0} %"))) + $": {plan.Proposals[best].Name}",
            (best == 0 ? "no other is better by more than chance, " : "") + (folds.Count == 1
                ? $"on subjects that were held out: {string.Join(", ", folds[0])}"
                : $"on {folds.Count} parts of the subjects, held out in turn"));
    }

    /// <summary>The proposal to take.</summary>
    /// <param name="accuracies">Of each proposal on each part of the subjects, 0..1; null for a training that failed.</param>
    /// <param name="windows">Windows that a part is judged on.</param>
    internal static int Best(double?[][] accuracies, int windows)
    {
        int[] whole = [.. Enumerable.Range(0, accuracies.Length).Where(i => !accuracies[i].Contains(null))];
        return whole.Length == 0 || whole[0] > 0
            ? whole.DefaultIfEmpty(0).MaxBy(i => accuracies[i].Average())
            : whole.Select(i => (Number: i, Gain: GainOf(accuracies[0], accuracies[i], windows))).Where(one => one.Gain.IsBetter)
                .OrderByDescending(one => one.Gain.Mean - one.Gain.Error).Select(one => one.Number).FirstOrDefault();
    }

    /// <summary>The gain; on a single part by twice the standard error of that number of windows, because neighbours are alike.</summary>
    private static PairedGain GainOf(double?[] first, double?[] other, int windows)
    {
        var gain = PairedGain.Of([.. first.Zip(other, (one, two) => two!.Value - one!.Value)]);
        return gain.Folds > 1
            ? gain
            : gain with { Error = 2 * Math.Sqrt(((first[0]!.Value * (1 - first[0]!.Value)) + (other[0]!.Value * (1 - other[0]!.Value))) / windows) };
    }

    /// <summary>The parts of the subjects that there is time to judge on.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> Folds(NewPlan plan, WindowSet train)
    {
        double minutes = plan.Proposals.Sum(proposal => ConfigProposal.Minutes(1, proposal.Proposal.Config.FloatTraining.Epochs, train)) / Environment.ProcessorCount;
        int affordable = (int)Math.Clamp(ShareOfTime * plan.Request.Minutes / minutes, 1, MostFolds);
        return [.. SubjectFolds.Of(train, plan.Proposals[0].Proposal.Config.Data.ValidationSubjects, MostFolds).Take(affordable)];
    }

    /// <summary>The accuracies of each proposal on each part; those of the same proposals are measured once.</summary>
    private static double?[][] Measure(NewPlan plan, IReadOnlyList<IReadOnlyList<string>> folds, CancellationToken cancellation)
    {
        string path = Path.Combine(plan.Request.Folder, ResultFile);
        string asked = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Concat(plan.Proposals.Select(proposal => proposal.Proposal.Text)) + JsonSerializer.Serialize(folds))));
        if (File.Exists(path) && JsonSerializer.Deserialize<Results>(File.ReadAllText(path)) is { } known && known.Asked == asked)
        {
            return known.Accuracies;
        }

        var trainer = new ChildTrainer(ThisProgram.Start, plan.WindowsFolder, Path.Combine(plan.Request.Folder, "trying"), seed: 1);
        using var processors = new SemaphoreSlim(Environment.ProcessorCount);
        double?[][] accuracies = Task.WhenAll(plan.Proposals.Select((proposal, number) => Task.WhenAll(folds.Select(async (held, fold) =>
        {
            await processors.WaitAsync(cancellation);
            try
            {
                var config = proposal.Proposal.Config;
                config = config with { Ensemble = 1, Data = config.Data with { ValidationSubjects = held } };
                return (double?)(await trainer.TrainAsync(new TrialJob(number, fold, config, config.FloatTraining.Epochs), cancellation)).Score.Accuracy;
            }
            catch (TrialException)
            {
                return null;
            }
            finally
            {
                processors.Release();
            }
        })))).GetAwaiter().GetResult();
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(new Results(asked, accuracies)));
        return accuracies;
    }
}
