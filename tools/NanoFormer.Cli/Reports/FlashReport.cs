using System.Globalization;
using NanoFormer.Flash;

namespace NanoFormer.Cli.Reports;

/// <summary>A flashing plan and its outcome, for <c>--json</c>.</summary>
/// <param name="Board">The board's id.</param>
/// <param name="Target">Its name for nanoff.</param>
/// <param name="FlashMegabytes">Size of its flash.</param>
/// <param name="Table">The partition table's file.</param>
/// <param name="Strategy">Where the model lives.</param>
/// <param name="ModelId">The model's name.</param>
/// <param name="ModelCrc32">Its checksum, 8 hexadecimal digits.</param>
/// <param name="ArenaBytes">Working memory it needs.</param>
/// <param name="ArenaBudgetBytes">Working memory the board has for it.</param>
/// <param name="Files">What is written, where.</param>
/// <param name="Steps">The calls of nanoff.</param>
/// <param name="IsDryRun">Nothing was run.</param>
/// <param name="Boot">What the board said at its start; null when it was not asked.</param>
internal sealed record FlashReport(
    string Board,
    string Target,
    int FlashMegabytes,
    string Table,
    string Strategy,
    string ModelId,
    string ModelCrc32,
    int ArenaBytes,
    int ArenaBudgetBytes,
    IReadOnlyList<FlashReport.Item> Files,
    IReadOnlyList<FlashStep> Steps,
    bool IsDryRun,
    BootReport? Boot)
{
    public static FlashReport Of(FlashPlan plan, bool isDryRun, BootReport? boot)
    {
        var request = plan.Request;
        return new FlashReport(
            request.Board.Id,
            request.Board.Target,
            request.Layout.FlashMegabytes,
            request.Table.Name,
            request.Strategy.ToString().ToLowerInvariant(),
            request.Model.Id,
            request.Model.Crc32.ToString("X8", CultureInfo.InvariantCulture),
            request.Model.ArenaBytes,
            request.Board.ArenaBudgetBytes,
            [.. new[] { plan.Firmware, plan.Model, plan.Application }.OfType<Placement>().Select(Item.Of)],
            plan.Steps,
            isDryRun,
            boot);
    }

    /// <summary>A file and its place.</summary>
    /// <param name="File">Its path.</param>
    /// <param name="Region">Name of the partition, or of the file that contains it.</param>
    /// <param name="Address">Address of its first byte.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="RoomBytes">Size of the region.</param>
    internal sealed record Item(string File, string Region, long Address, int Bytes, long RoomBytes)
    {
        public static Item Of(Placement placement) =>
            new(placement.File.Path, placement.Region, placement.Address, placement.Bytes, placement.RoomBytes);
    }
}
