using NanoFormer.Search.Costs;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Trials;

/// <summary>A candidate and what became of it.</summary>
/// <param name="Id">Its number, from 1, in the order of proposal.</param>
/// <param name="Origin">Where its architecture comes from.</param>
/// <param name="Parent">For a mutation, the trial that was changed; for a taught one, the trial that got teachers.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Costs">What it costs.</param>
/// <param name="OverBudget">The limit it exceeds, for which it is not trained; null when it keeps to the budget.</param>
public sealed record Trial(int Id, TrialOrigin Origin, int? Parent, TrainingConfig Config, CandidateCosts Costs, string? OverBudget)
{
    /// <summary>Whether it takes part in the rounds: it keeps to the budget, and is no other trial with teachers.</summary>
    public bool IsCandidate => OverBudget is null && Origin != TrialOrigin.Taught;

    /// <summary>Its trainings, one for each round it took part in.</summary>
    public IReadOnlyList<TrialTraining> Trainings { get; init; } = [];

    /// <summary>Its whole trainings that gave a model, one for each part of the subjects it was judged on.</summary>
    public IEnumerable<TrialTraining> Whole => Trainings.Where(training => training is { Fold: not null, Score: not null });

    /// <summary>How good it is: the mean of its whole trainings, or else of its longest look; null when every training failed.</summary>
    public TrialScore? Score => Whole.Select(training => training.Score!).ToArray() is { Length: > 0 } scores
        ? new TrialScore(scores.Average(score => score.Accuracy), scores.Average(score => score.MacroF1), scores.Average(score => score.FloatAccuracy))
        : Longest?.Score;

    /// <summary>The training of the last round that gave a model; null for none.</summary>
    public TrialTraining? Longest => Trainings.Where(training => training.Score is not null).MaxBy(training => training.Round);

    /// <summary>Its training in a round; null when there was none yet.</summary>
    public TrialTraining? InRound(int round) => Trainings.FirstOrDefault(training => training.Round == round);
}

/// <summary>Where a trial's architecture comes from.</summary>
public enum TrialOrigin
{
    /// <summary>The configuration that the search was given.</summary>
    Given,

    /// <summary>Drawn at random.</summary>
    Random,

    /// <summary>Another trial's, with one change.</summary>
    Mutation,

    /// <summary>Another trial's, trained with teachers.</summary>
    Taught,
}

/// <summary>One training of a trial, judged on the validation subjects.</summary>
/// <param name="Round">Round of successive halving, from 0.</param>
/// <param name="Epochs">Epochs of the float phase.</param>
/// <param name="Score">How good the model was; null when the training failed.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="Error">Why it failed: a name in upper case and a sentence; null when it did not.</param>
/// <param name="Fold">For a whole training from random weights, the part of the subjects it was judged on, from 0; null for a look.</param>
public sealed record TrialTraining(int Round, int Epochs, TrialScore? Score, double Seconds, string? Error, int? Fold = null);
