using NanoFormer.Cli.Models;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Evaluation;

/// <summary>A shipped model held against one result on its card.</summary>
/// <param name="Model">Name of the model's folder.</param>
/// <param name="Data">Data set that the card names.</param>
/// <param name="Split">Part of it.</param>
/// <param name="Windows">Windows judged; null when they are not here.</param>
/// <param name="Correct">Of which answered rightly; null without classes, too.</param>
/// <param name="CardCorrect">What the card says of that; null without classes.</param>
/// <param name="EqualsCard">Whether the card is confirmed; null when the windows are not here.</param>
internal sealed record CardCheck(string Model, string Data, string Split, int? Windows, int? Correct, int? CardCorrect, bool? EqualsCard)
{
    /// <summary>F1 of the score at the alarm threshold; null where the data tells no anomalies.</summary>
    public double? AnomalyF1 { get; init; }

    /// <summary>Part of what is normal that gave an alarm, 0..1; null where the data tells no anomalies.</summary>
    public double? FalseAlarmRate { get; init; }

    /// <summary>Area under the curve for injected faults of all kinds; null where none were injected.</summary>
    public double? FaultAuc { get; init; }

    /// <summary>Checks every result on the card of a model.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="datasets">Where its data may be.</param>
    /// <param name="core">Where it runs.</param>
    /// <param name="quiet">Whether to show no progress.</param>
    /// <exception cref="CommandFailure">The folder holds no card, or one of another image.</exception>
    public static IReadOnlyList<CardCheck> Run(string folder, DatasetFolders datasets, string core, bool quiet)
    {
        var model = ModelFile.Load(folder);
        var card = ModelCard.Parse(File.ReadAllText(model.CardPath
            ?? throw new CommandFailure("NO_CARD", $"There is no card beside '{model.Path}'.")));
        string[] splits = card.RawTest is null
            ? [EvaluationWindows.TestSplit]
            : [EvaluationWindows.TestSplit, EvaluationWindows.RawSplit];
        return [.. splits.Select(split => Run(Path.GetFileName(folder), model, datasets.Find(card.Data), split, core, quiet))];
    }

    private static CardCheck Run(string name, ModelFile model, string? dataset, string split, string core, bool quiet)
    {
        var card = CardAccuracy.Read(model, dataset: null, split)!;
        if (dataset is null)
        {
            return new CardCheck(name, card.Data, split, null, null, card.Correct, null);
        }

        var config = model.ReadConfig();
        var data = EvaluationWindows.Load(config, dataset, split);
        var judgement = new Evaluator(model, config, core, quiet).Judge(data);
        return new CardCheck(
            name, card.Data, split, data.Windows.Count, judgement.Classes?.Matrix.Correct, card.Correct,
            card.IsConfirmedBy(judgement, data.Windows.Count))
        {
            AnomalyF1 = judgement.Anomalies?.AtAlarm?.F1,
            FalseAlarmRate = judgement.Anomalies?.AtAlarm?.FalseAlarmRate,
            FaultAuc = judgement.Faults?.Pooled.Auc,
        };
    }
}
