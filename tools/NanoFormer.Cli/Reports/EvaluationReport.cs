using System.Globalization;
using NanoFormer.Cli.Models;
using NanoFormer.Interop;
using NanoFormer.Training.Evaluation;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>What <c>evaluate</c> found.</summary>
/// <param name="Model">The model, as the engine read it.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Split">Part of it.</param>
/// <param name="Core">Where the model ran.</param>
/// <param name="Matrix">The answers.</param>
/// <param name="Card">What the card claims of these windows; null when it does not speak of them.</param>
internal sealed record EvaluationReport(
    ModelInfo Model, string Dataset, string Split, string Core, ConfusionMatrix Matrix, CardAccuracy? Card)
{
    /// <summary>Whether the answers confirm the card; null without a card.</summary>
    public bool? EqualsCard => Card is null ? null : Card.Correct == Matrix.Correct && Card.Windows == Matrix.Total;

    /// <summary>The report as data.</summary>
    public object Json() => new
    {
        Model = Model.ModelId,
        Crc32 = Model.Crc32.ToString("X8", CultureInfo.InvariantCulture),
        Dataset,
        Split,
        Core,
        Windows = Matrix.Total,
        Matrix.Correct,
        Matrix.Accuracy,
        Matrix.MacroF1,
        Confusion = Matrix.Counts,
        CardAccuracy = Card?.Int8Accuracy,
        FloatAccuracy = Card?.FloatAccuracy,
        EqualsCard,
        Model.ImageBytes,
        Model.ArenaBytes,
    };

    /// <summary>The report as tables.</summary>
    public void Draw(IReadOnlyList<string> classes)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Model.ModelId} on {Dataset}, {Split}: {Matrix.Correct} of {Matrix.Total} right = {Matrix.Accuracy:P2}, macro-F1 {Matrix.MacroF1:F4} ({Core})"));
        if (Card is not null)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"card: {Card.Int8Accuracy:P2} int8, {Card.FloatAccuracy:P2} float; {(EqualsCard == true ? "equal" : "NOT EQUAL")}"));
        }
        AnsiConsole.Write(ConfusionTable(classes));
    }

    private Table ConfusionTable(IReadOnlyList<string> classes)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("true \\ answered");
        foreach (var name in classes)
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        }
        foreach (var (i, name) in classes.Index())
        {
            table.AddRow([Markup.Escape(name), .. Matrix.Counts[i].Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        }
        return table;
    }
}
