using System.Globalization;
using NanoFormer.Board;
using NanoFormer.Training;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Energy;

/// <summary>The estimate that stands beside a measurement.</summary>
internal static class CardEstimate
{
    /// <summary>Microjoules per inference; null where none was asked for.</summary>
    /// <param name="estimate">Microjoules, or the folder of a model.</param>
    /// <param name="boardId">The board, when it is a folder.</param>
    /// <exception cref="CommandFailure">It is neither, or the card has no cost on that board.</exception>
    public static double? Microjoules(string? estimate, string? boardId)
    {
        if (estimate is null)
        {
            return null;
        }

        if (double.TryParse(estimate, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return number >= 0 && double.IsFinite(number) ? number : throw new CommandFailure("BAD_OPTION", "--estimate is not below 0.");
        }

        string path = Path.Combine(estimate, TrainingRun.CardFile);
        if (!File.Exists(path))
        {
            throw new CommandFailure("NO_CARD", $"{estimate} is neither microjoules nor a folder with {TrainingRun.CardFile}.");
        }

        var card = ModelCard.Parse(File.ReadAllText(path));
        var known = card.Costs.Where(cost => cost.Milliseconds is not null)
            .Join(PowerFigures.Shipped.Boards, cost => cost.Board, board => board.Title, (cost, board) => (board.Id, Milliseconds: cost.Milliseconds!.Value)).ToDictionary();
        return boardId is not null && known.TryGetValue(boardId, out double milliseconds)
            ? PowerFigures.Shipped.Board(boardId).InferenceMicrojoules(milliseconds * 1000)
            : throw new CommandFailure("BAD_OPTION", $"--estimate needs --board, one that the card of {card.Name} has costs of: {string.Join(", ", known.Keys)}.");
    }
}
