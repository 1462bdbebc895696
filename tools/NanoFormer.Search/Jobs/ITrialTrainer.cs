using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Jobs;

/// <summary>Trains candidates, several at a time.</summary>
public interface ITrialTrainer
{
    /// <summary>Trains one and judges it on the validation subjects.</summary>
    /// <exception cref="TrialException">The training failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; it may be asked for again.</exception>
    Task<TrialResult> TrainAsync(TrialJob job, CancellationToken cancellation);
}

/// <summary>A training that failed; the message is a name in upper case, a colon and a sentence.</summary>
public sealed class TrialException(string message) : Exception(message);

/// <summary>A training to do.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Round">Round of successive halving.</param>
/// <param name="Config">The configuration.</param>
/// <param name="Epochs">Epochs of the float phase.</param>
/// <param name="Start">Weights to start from where their shapes fit, as a safetensors file; null for random ones.</param>
public sealed record TrialJob(int Trial, int Round, TrainingConfig Config, int Epochs, byte[]? Start = null);

/// <summary>What a training gave.</summary>
/// <param name="Score">How good the model is.</param>
/// <param name="Weights">Its float weights, as a safetensors file; null for none.</param>
public sealed record TrialResult(TrialScore Score, byte[]? Weights);
