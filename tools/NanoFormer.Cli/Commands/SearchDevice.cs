using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Flash;
using NanoFormer.Search.Costs;

namespace NanoFormer.Cli.Commands;

/// <summary>A device that models are searched for.</summary>
/// <param name="Core">The core that it has.</param>
/// <param name="Limits">What flash and working memory it has for a model, beside nanoCLR and the application; null where nobody said.</param>
internal sealed record SearchDevice(CoreTarget Core, DeviceBudget Limits)
{
    /// <summary>Finds a board of the power table by its id or the name by which <c>flash</c> knows it.</summary>
    /// <exception cref="CommandFailure">No board has that name; the message lists those that are known.</exception>
    public static SearchDevice Find(string name)
    {
        try
        {
            var entry = PowerFigures.Shipped.Board(name).Entry;
            return new SearchDevice(CoreTarget.All.Single(core => core.Name == entry.Core), LimitsOf(entry.FlashBoard));
        }
        catch (KeyNotFoundException fault)
        {
            throw new CommandFailure("UNKNOWN_BOARD", fault.Message);
        }
    }

    private static DeviceBudget LimitsOf(string? flashBoard)
    {
        if (flashBoard is null)
        {
            return new DeviceBudget(null, null, null);
        }

        var board = BoardCatalog.Shipped.Find(flashBoard);
        return new DeviceBudget(PartitionTable.Shipped(board.Layout(flashMegabytes: null).Table).Model.Size, board.ArenaBudgetBytes, null);
    }
}
