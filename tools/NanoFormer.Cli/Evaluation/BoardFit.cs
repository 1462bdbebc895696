using NanoFormer.Flash;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Whether a model fits a board that <c>flash</c> knows, with the board's usual size of flash.</summary>
/// <param name="Board">The board.</param>
/// <param name="Model">The model.</param>
/// <param name="RoomBytes">Flash there is for an image.</param>
internal sealed record BoardFit(Flash.Board Board, ModelInfo Model, long RoomBytes)
{
    /// <summary>Working memory that runs and streams of the model need.</summary>
    public int ArenaBytes => Math.Max(Model.ArenaBytes, Model.StepArenaBytes);

    /// <summary>Whether image and arena fit.</summary>
    public bool Fits => Model.ImageBytes <= RoomBytes && ArenaBytes <= Board.ArenaBudgetBytes;

    /// <summary>The fit on every board.</summary>
    public static IReadOnlyList<BoardFit> All(ModelInfo model) =>
    [
        .. BoardCatalog.Shipped.Boards.Select(board => new BoardFit(board, model, board.ModelBytes)),
    ];
}
