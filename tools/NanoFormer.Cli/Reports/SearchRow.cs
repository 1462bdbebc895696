using NanoFormer.Search.Trials;

namespace NanoFormer.Cli.Reports;

/// <summary>A trial as <c>search --json</c> tells of it; the figures are the mean of its whole trainings, or of its longest look.</summary>
internal sealed record SearchRow
{
    public required int Trial { get; init; }

    public required string Origin { get; init; }

    public required int? Parent { get; init; }

    public required int ImageBytes { get; init; }

    public required bool Packed { get; init; }

    public required int ArenaBytes { get; init; }

    public required long Macs { get; init; }

    public required long? Instructions { get; init; }

    public required bool InstructionsCounted { get; init; }

    public required string? OverBudget { get; init; }

    public required int? Epochs { get; init; }

    public required int Folds { get; init; }

    public required double? Accuracy { get; init; }

    public required double? MacroF1 { get; init; }

    public required double? FloatAccuracy { get; init; }

    public required string? Error { get; init; }

    public required bool Front { get; init; }

    public required bool Best { get; init; }

    public static SearchRow Of(Trial trial, bool front, bool best) => new()
    {
        Trial = trial.Id,
        Origin = trial.Origin.ToString().ToLowerInvariant(),
        Parent = trial.Parent,
        ImageBytes = trial.Costs.ImageBytes,
        Packed = trial.Config.Pack,
        ArenaBytes = trial.Costs.ArenaBytes,
        Macs = trial.Costs.Macs,
        Instructions = trial.Costs.Instructions,
        InstructionsCounted = trial.Costs.IsCounted,
        OverBudget = trial.OverBudget,
        Epochs = trial.Longest?.Epochs,
        Folds = trial.Whole.Count(),
        Accuracy = trial.Score?.Accuracy,
        MacroF1 = trial.Score?.MacroF1,
        FloatAccuracy = trial.Score?.FloatAccuracy,
        Error = trial.Trainings.LastOrDefault(training => training.Error is not null)?.Error,
        Front = front,
        Best = best,
    };
}
