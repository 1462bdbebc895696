using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Flash;
using NanoFormer.Search.Costs;

namespace NanoFormer.Cli.Models;

/// <summary>A device that a model is made for.</summary>
/// <param name="Core">The core that it has.</param>
/// <param name="Limits">What flash and working memory it has for a model, beside nanoCLR and the application; null where nobody said.</param>
internal sealed record TargetDevice(CoreTarget Core, DeviceBudget Limits)
{
    /// <summary>Finds a board by its id in the power table, or the name by which <c>flash</c> knows it.</summary>
    /// <exception cref="CommandFailure">No board has that name; the message lists those that are known.</exception>
    public static TargetDevice Find(string name)
    {
        if (BoardCatalog.Shipped.Boards.FirstOrDefault(board => board.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return new TargetDevice(CoreOf(known.Chip), LimitsOf(known));
        }

        try
        {
            var entry = PowerFigures.Shipped.Board(name).Entry;
            var core = CoreTarget.All.Single(core => core.Name == entry.Core);
            return new TargetDevice(core, entry.FlashBoard is { } id ? LimitsOf(BoardCatalog.Shipped.Find(id)) : new DeviceBudget(null, null, null));
        }
        catch (KeyNotFoundException fault)
        {
            throw new CommandFailure("UNKNOWN_BOARD", fault.Message);
        }
    }

    /// <summary>Whether the device should hold an image packed: it has the room, and its core takes fewer cycles.</summary>
    public bool IsPackingWorth(byte[] image)
    {
        if (!Core.ReadsPacked)
        {
            return false;
        }

        var packing = Packing.Of(image, Core);
        if (packing.NotCounted is { } reason)
        {
            Console.Error.WriteLine($"the image is not packed, because its cycles were not counted: {reason}");
        }

        return packing.IsWorth(Limits.FlashBytes);
    }

    private static CoreTarget CoreOf(string chip) => chip switch
    {
        "ESP32-C3" => CoreTarget.Rv32,
        "RP2350" => CoreTarget.CortexM33,
        _ when chip.StartsWith("STM32F7", StringComparison.Ordinal) => CoreTarget.CortexM7,
        _ when chip.StartsWith("STM32F4", StringComparison.Ordinal) => CoreTarget.CortexM4,
        _ => CoreTarget.Xtensa,
    };

    private static DeviceBudget LimitsOf(Flash.Board board) => new(board.ModelBytes, board.ArenaBudgetBytes, null);
}
