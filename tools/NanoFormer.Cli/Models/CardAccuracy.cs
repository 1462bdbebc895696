using NanoFormer.Cli.Evaluation;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Models;

/// <summary>What a model's card claims of one part of its data.</summary>
/// <param name="Result">The claim.</param>
/// <param name="Data">The data set it is of.</param>
internal sealed record CardAccuracy(CardResult Result, string Data)
{
    private const double AlarmTolerance = 1e-6; // a card has six decimals

    /// <summary>Windows judged.</summary>
    public int Windows => Result.Windows;

    /// <summary>Windows answered rightly by the integer model; null without classes.</summary>
    public int? Correct => Result.Int8Correct;

    /// <summary>Accuracy of the integer model, 0..1; null without classes.</summary>
    public double? Int8Accuracy => (double?)Correct / Windows;

    /// <summary>Accuracy of the float twin, 0..1; null without classes.</summary>
    public double? FloatAccuracy => Result.FloatAccuracy;

    /// <summary>
    /// The claim of the card beside an image; null when there is no card, when it does not speak of that part, or speaks of another data
    /// set than the one named, if one is.
    /// </summary>
    /// <exception cref="CommandFailure">The card is of another image.</exception>
    public static CardAccuracy? Read(ModelFile model, string? dataset, string split)
    {
        if (model.CardPath is not { } path)
        {
            return null;
        }

        var card = ModelCard.Parse(File.ReadAllText(path));
        if (!string.Equals(card.ImageCrc32, model.Crc32, StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailure("CARD_OF_ANOTHER_IMAGE", $"'{path}' is of the image {card.ImageCrc32}, not of {model.Crc32}.");
        }

        var result = split switch
        {
            EvaluationWindows.TestSplit => card.Test,
            EvaluationWindows.RawSplit => card.RawTest,
            _ => null,
        };
        return result is not null && (dataset is null || card.Data == dataset) ? new CardAccuracy(result, card.Data) : null;
    }

    /// <summary>Whether every count that the card states came out again; injected faults count where they were run.</summary>
    public bool IsConfirmedBy(Judgement judgement, int windows) =>
        windows == Windows
        && judgement.Classes?.Matrix.Correct == Correct
        && HasConfusion(judgement.Classes?.Matrix.Counts)
        && (Result.Alarms is not { } alarms || Math.Abs(alarms - (judgement.AlarmRate ?? double.NaN)) <= AlarmTolerance)
        && (Result.Detection is not { } detection || detection == DetectionClaim.From(judgement.Anomalies))
        && (Result.Faults is not { } faults || judgement.Faults is null || faults.SequenceEqual(FaultClaim.From(judgement.Faults)!));

    private bool HasConfusion(IReadOnlyList<IReadOnlyList<int>>? counts) =>
        Result.Int8Confusion is not { } claimed
        || (counts is not null && claimed.SelectMany(row => row).SequenceEqual(counts.SelectMany(row => row)));
}
