using System.Globalization;
using System.Text;

namespace NanoFormer.Training.Cards;

/// <summary>A card as a page to read (Markdown).</summary>
public static class ModelCardPage
{
    /// <summary>Writes the page.</summary>
    public static string Write(ModelCard card)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # {card.Name}

            {card.Purpose}

            | | |
            |---|---|
            | input | {card.WindowSamples} samples at {card.RateHz} Hz of {string.Join(", ", card.Channels)} |
            | parameters | {card.Parameters} |
            | image | {card.ImageBytes} bytes, CRC-32 {card.ImageCrc32} |
            | arena | {card.ArenaBytes} bytes |
            | trained on | {card.Data} |
            | split | {card.Split} |
            | seed | {card.Seed} |

            {card.DataCredit}

            Made by

                {card.Command}

            """);
        AppendResult(page, "Test windows", card, card.Test);
        if (card.RawTest is not null)
        {
            AppendResult(page, "The test subjects' raw recordings", card, card.RawTest);
        }
        return page.ToString();
    }

    private static void AppendResult(StringBuilder page, string title, ModelCard card, CardResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"""

            ## {title}

            {result.Windows} windows. Accuracy **{Percent(result.Int8Accuracy)} in int8** ({result.Int8Correct} right;
            macro F1 {result.Int8MacroF1:F4}), {Percent(result.FloatAccuracy)} in float before quantization. The network trained with
            fake quantization and the integer model give the same answer on {Percent(result.FakeQuantizedAgreement)} of them.

            Answers in int8 (columns) by true class (rows):

            | | {string.Join(" | ", card.Classes)} |
            |---|{string.Concat(Enumerable.Repeat("---:|", card.Classes.Count))}

            """);
        foreach (var (name, row) in card.Classes.Zip(result.Int8Confusion))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", row)} |\n");
        }
    }

    private static string Percent(double part) => part.ToString("P2", CultureInfo.InvariantCulture);
}
