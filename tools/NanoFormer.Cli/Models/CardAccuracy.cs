using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Models;

/// <summary>What a model's card claims of its test windows.</summary>
/// <param name="Correct">Windows answered rightly by the integer model.</param>
/// <param name="Windows">Windows judged.</param>
/// <param name="FloatAccuracy">Accuracy of the float twin, 0..1.</param>
/// <param name="Data">The data set they are of.</param>
internal sealed record CardAccuracy(int Correct, int Windows, double FloatAccuracy, string Data)
{
    /// <summary>Accuracy of the integer model, 0..1.</summary>
    public double Int8Accuracy => (double)Correct / Windows;

    /// <summary>
    /// The claim of the card beside an image; null when there is no card, or it speaks of another data set than the one named, if one is.
    /// </summary>
    public static CardAccuracy? Read(ModelFile model, string? dataset, string split)
    {
        if (model.CardPath is not { } path || split != "test")
        {
            return null;
        }
        var card = ModelCard.Parse(File.ReadAllText(path));
        if (!string.Equals(card.ImageCrc32, model.Crc32, StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailure("CARD_OF_ANOTHER_IMAGE", $"'{path}' is of the image {card.ImageCrc32}, not of {model.Crc32}.");
        }
        return dataset is null || card.Data == dataset ? new CardAccuracy(card.Test.Int8Correct, card.Test.Windows, card.Test.FloatAccuracy, card.Data) : null;
    }
}
