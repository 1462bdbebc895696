using NanoFormer.Search.Costs;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Trials;

/// <summary>Trials that new ones are added to.</summary>
public interface ITrialList
{
    /// <summary>All trials, in the order of proposal.</summary>
    IReadOnlyList<Trial> Trials { get; }

    /// <summary>Adds a trial that has not been trained.</summary>
    Trial Add(TrialOrigin origin, int? parent, TrainingConfig config, CandidateCosts costs, string? overBudget);
}
