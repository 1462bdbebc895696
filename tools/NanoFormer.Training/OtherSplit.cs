using NanoFormer.Data;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training;

/// <summary>The data parted as one of <see cref="TrainingConfig.OtherSplits"/> says, to be trained on and judged for the card.</summary>
internal sealed record OtherSplit(OtherSplitOptions Options, TrainingConfig Config, TrainingData Data)
{
    /// <summary>Whether every class that is judged was learnt: only then do answers tell anything.</summary>
    private bool TellsClasses => !Data.Test.Labels.Except(Data.Train.Labels).Any();

    /// <summary>Loads all of them, before anything is trained.</summary>
    /// <exception cref="ConfigException">One does not fit the data, or leaves a class that is learnt without a window to judge by.</exception>
    public static OtherSplit[] Load(TrainingConfig config, string dataset) => [.. config.OtherSplits.Select(options =>
    {
        var changed = ConfigOf(config, options);
        return Named(options, () =>
        {
            var split = new OtherSplit(options, changed, TrainingData.Load(changed, dataset, validate: false));
            int unjudged = split.Data.Train.Labels.Except(split.Data.Test.Labels).FirstOrDefault(Recording.Unlabelled);
            Rules.RequireFit(unjudged < 0 || !changed.Architecture.Classes || !split.TellsClasses, "set",
                $"leaves no window to judge '{split.Data.Train.ClassNames[Math.Max(unjudged, 0)]}' by");
            return split;
        });
    })];

    /// <summary>The configuration of one.</summary>
    /// <exception cref="ConfigException">It cannot be used; the message names the split.</exception>
    public static TrainingConfig ConfigOf(TrainingConfig config, OtherSplitOptions options) => Named(options, () => options.Apply(config));

    /// <summary>Trains and judges several times.</summary>
    /// <param name="seeds">For each time the seeds of its networks.</param>
    /// <param name="checkpoints">Folder for the state of the trainings.</param>
    /// <param name="progress">Told every step, with the name of the split.</param>
    /// <param name="cancellation">Stops it.</param>
    public OtherSplitClaim Run(
        IEnumerable<IReadOnlyList<int>> seeds, string checkpoints, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var trainer = TrainerOf(checkpoints, progress);
        return new OtherSplitClaim(
            Options.Name, Options.Why, Options.Set, Data.SplitDescription, Data.Test.Count,
            [.. seeds.Select(networks => OtherSplitResult.Of(networks[0], trainer.Run(Data, networks, cancellation: cancellation).Test, TellsClasses))]);
    }

    /// <summary>Trains one network, and leaves nothing but its checkpoint.</summary>
    public void Prepare(int seed, string checkpoints, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        TrainerOf(checkpoints, progress).Prepare(Data, seed, start: null, whatFits: false, cancellation);

    private Trainer TrainerOf(string checkpoints, IProgress<TrainingProgress>? progress) =>
        new(Config, progress is null ? null : new NamedProgress(Options.Name, progress), checkpoints);

    private static T Named<T>(OtherSplitOptions options, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ConfigException fault)
        {
            throw new ConfigException(fault.Error, $"otherSplits '{options.Name}': {fault.Message}", fault);
        }
    }

    private sealed class NamedProgress(string split, IProgress<TrainingProgress> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report(value with { Split = split });
    }
}
