namespace NanoFormer.Flash;

/// <summary>The calls of nanoff for a plan. The firmware, the table, the model and the application each take one of their own.</summary>
/// <remarks>
/// By the sources of nanoff 2.5: with <c>--update</c> it ignores <c>--address</c> on an ESP32, and without an address it takes
/// 0x1B0000, which is not where every ESP32's deployment area begins.
/// </remarks>
internal static class NanoffCommands
{
    /// <summary>Stands for the port in a plan without one.</summary>
    public const string PortPlaceholder = "PORT";

    /// <summary>An STM32's way in: the ST-LINK; every write is read back.</summary>
    private static readonly string[] Probe = ["--nativestlink", "--verify"];

    /// <summary>The steps, in the order they are run: <c>--update</c> writes the stock partition table, so it is the first.</summary>
    public static IReadOnlyList<FlashStep> For(FlashPlan plan) => plan.Request.Board.Family switch
    {
        BoardFamily.Esp32 => [.. Esp32(plan)],
        BoardFamily.Stm32 => [.. Stm32(plan)],
        BoardFamily.Pico => [.. Pico(plan)],
        var family => throw new ArgumentOutOfRangeException(nameof(plan), family, "It is not known how boards of this family are flashed."),
    };

    private static IEnumerable<FlashStep> Esp32(FlashPlan plan)
    {
        string[] board = ["--target", plan.Request.Board.Target, "--serialport", plan.Request.Port ?? PortPlaceholder];
        if (plan.Firmware is { } firmware)
        {
            yield return new FlashStep(
                "boot loader, stock partition table and firmware",
                ["--update", .. board, "--clrfile", firmware.File.Path]);
        }

        if (plan.TableImage is { } table)
        {
            yield return new FlashStep("partition table", [.. board, .. Deploy(table.Path, PartitionTableImage.Address)]);
        }

        if (WritesModel(plan))
        {
            yield return new FlashStep("model", [.. board, .. Deploy(plan.Model.File.Path, plan.Model.Address)]);
        }

        yield return new FlashStep("application", [.. board, .. Deploy(plan.Application.File.Path, plan.Application.Address)]);
    }

    private static IEnumerable<FlashStep> Stm32(FlashPlan plan)
    {
        string[] board = ["--target", plan.Request.Board.Target, .. Probe];
        if (plan.Firmware is { } firmware)
        {
            yield return new FlashStep("boot loader and stock firmware, after erasing everything", ["--update", .. board]);
            yield return new FlashStep(
                "firmware",
                [.. Probe, "--binfile", firmware.File.Path, "--address", Hex.Address(firmware.Address)]);
        }

        if (WritesModel(plan))
        {
            yield return new FlashStep("model", [.. board, .. Deploy(plan.Model.File.Path, plan.Model.Address)]);
        }

        yield return new FlashStep("application", [.. board, .. Deploy(plan.Application.File.Path, plan.Application.Address), "--reset"]);
    }

    /// <summary>Through the USB drive, not the wire protocol: that takes no address, and a firmware built as RTM does not answer it.</summary>
    private static IEnumerable<FlashStep> Pico(FlashPlan plan)
    {
        const string Hold = "hold BOOTSEL while plugging in";
        string[] board = ["--platform", "rpi_pico", "--target", plan.Request.Board.Target];
        if (plan.Firmware is { } firmware)
        {
            yield return new FlashStep($"firmware; {Hold}", ["--update", .. board, "--clrfile", firmware.File.Path]);
        }

        if (WritesModel(plan))
        {
            yield return new FlashStep($"model; {Hold}", [.. board, "--uf2deploy", .. Deploy(plan.Model.File.Path, plan.Model.Address)]);
        }

        yield return new FlashStep(
            $"application; {Hold}", [.. board, "--uf2deploy", .. Deploy(plan.Application.File.Path, plan.Application.Address)]);
    }

    private static bool WritesModel(FlashPlan plan) => plan.Request.Strategy is ModelStrategy.Partition or ModelStrategy.Address;

    private static string[] Deploy(string file, long address) => ["--deploy", "--image", file, "--address", Hex.Address(address)];
}
