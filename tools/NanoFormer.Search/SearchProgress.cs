using NanoFormer.Search.Evolution;
using NanoFormer.Search.Trials;

namespace NanoFormer.Search;

/// <summary>A training that has ended.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Training">The training.</param>
/// <param name="Best">The best of the last round so far; null while every training failed.</param>
/// <param name="EpochsDone">Epochs done in the whole search, those of earlier sessions included.</param>
/// <param name="EpochsInAll">Epochs of the whole search.</param>
public sealed record SearchProgress(Trial Trial, TrialTraining Training, Standing? Best, int EpochsDone, int EpochsInAll);
