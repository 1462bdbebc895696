using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Jobs;

/// <summary>A training to do.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Round">Round of successive halving.</param>
/// <param name="Config">The configuration.</param>
/// <param name="Epochs">Epochs of the float phase.</param>
public sealed record TrialJob(int Trial, int Round, TrainingConfig Config, int Epochs);
