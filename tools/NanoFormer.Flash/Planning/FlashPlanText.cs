using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>A plan for people: what goes where, and the commands to type.</summary>
public static class FlashPlanText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(FlashPlan plan)
    {
        var request = plan.Request;
        var board = request.Board;
        yield return Line("board", $"{board.Id}: {board.Title}, {request.Layout.FlashMegabytes} MB flash, {request.Table.Name}");
        if (plan.Firmware is { } firmware)
        {
            yield return Line("firmware", Where(firmware));
            if (FirmwareImage.IsRtm(firmware.File))
            {
                yield return Line("", $"built as RTM: Visual Studio and nanoff --nanodevice get no answer from it");
            }
        }

        yield return Line("model", $"{request.Model.Id}, CRC-32 {Hex.Crc32(request.Model.Crc32)}, {Where(plan.Model)}");
        yield return Line("arena", $"{request.Model.ArenaBytes} of {board.ArenaBudgetBytes} bytes");
        yield return Line("app", Where(plan.Application));
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            yield return "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{i + 1}/{plan.Steps.Count} {plan.Steps[i].Title}");
            yield return plan.Steps[i].Command;
        }
    }

    private static FormattableString Where(Placement placement) =>
        $"{placement.Bytes} of {placement.RoomBytes} bytes in '{placement.Region}', at {Hex.Address(placement.Address)}";

    private static string Line(string name, FormattableString text) => $"{name,-9} {text.ToString(CultureInfo.InvariantCulture)}";
}
