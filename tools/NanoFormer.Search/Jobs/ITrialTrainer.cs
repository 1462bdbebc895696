using NanoFormer.Search.Trials;

namespace NanoFormer.Search.Jobs;

/// <summary>Trains candidates, several at a time.</summary>
public interface ITrialTrainer
{
    /// <summary>Trains one and judges it on the validation subjects.</summary>
    /// <exception cref="TrialException">The training failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; it may be asked for again.</exception>
    Task<TrialScore> TrainAsync(TrialJob job, CancellationToken cancellation);
}
