using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>Finds the place of every file, refuses what does not fit, and lists the commands.</summary>
public static class FlashPlanner
{
    private const int EngineAlignment = 4; // MODEL-IMAGE.md
    private const string ModelLabel = "model"; // by which the applications open it
    private const long Esp32FirmwareAddress = 0x10000; // where nanoff writes it, whatever the table says
    private const long Esp32FirstAddress = PartitionTableImage.Address + 0x1000;

    /// <summary>Plans.</summary>
    /// <param name="request">What to flash.</param>
    /// <param name="tableFolder">Folder that the partition table's binary form belongs in.</param>
    /// <exception cref="FlashException">Something does not fit.</exception>
    public static FlashPlan Plan(FlashRequest request, string tableFolder)
    {
        CheckTable(request);
        CheckArena(request);
        var firmware = PlaceFirmware(request);
        var application = PlaceApplication(request);
        var model = PlaceModel(request, firmware, application);
        var tableImage = request.Strategy == ModelStrategy.Partition ? TableImage(request.Table, tableFolder) : null;
        var plan = new FlashPlan(request, firmware, model, application, tableImage, []);
        return plan with { Steps = NanoffCommands.For(plan) };
    }

    private static void CheckTable(FlashRequest request)
    {
        var table = request.Table;
        table.CheckWithin(request.Board.FlashStart, request.Layout.FlashMegabytes * 0x100000L);
        if (request.Strategy == ModelStrategy.Partition && table.Model.Name != ModelLabel)
        {
            throw new FlashException(
                FlashError.BadPartitionTable,
                $"{table.Name}: the model's partition has the name '{table.Model.Name}', but the application opens '{ModelLabel}': rename it.");
        }

        if (request.Board.Family == BoardFamily.Esp32)
        {
            CheckEsp32Table(table);
        }
    }

    private static void CheckEsp32Table(PartitionTable table)
    {
        if (table.Firmware.Offset != Esp32FirmwareAddress)
        {
            throw new FlashException(
                FlashError.BadPartitionTable,
                $"{table.Name}: '{table.Firmware.Name}' starts at {Hex.Address(table.Firmware.Offset)}, but nanoff always writes the "
                + $"firmware to {Hex.Address(Esp32FirmwareAddress)}: start it there.");
        }

        if (table.Partitions[0].Offset < Esp32FirstAddress)
        {
            throw new FlashException(
                FlashError.BadPartitionTable,
                $"{table.Name}: '{table.Partitions[0].Name}' starts at {Hex.Address(table.Partitions[0].Offset)}, over the boot loader or "
                + $"the table itself: start it at {Hex.Address(Esp32FirstAddress)} or later.");
        }
    }

    private static void CheckArena(FlashRequest request)
    {
        long excess = request.Model.ArenaBytes - request.Board.ArenaBudgetBytes;
        if (excess > 0)
        {
            throw new FlashException(
                FlashError.ArenaTooLarge,
                $"{request.Model.Id} needs an arena of {Bytes(request.Model.ArenaBytes)}, {Bytes(excess)} more than {request.Board.Id} "
                + $"has for it ({Bytes(request.Board.ArenaBudgetBytes)}).");
        }
    }

    private static Placement? PlaceFirmware(FlashRequest request)
    {
        if (request.Firmware is not { } file)
        {
            return null;
        }

        var placement = FirmwareImage.Place(file, request.Board, request.Table);
        RequireFit(file.Path, placement.Bytes, placement.Region, placement.RoomBytes, FlashError.FirmwareTooLarge);
        return placement;
    }

    private static Placement PlaceApplication(FlashRequest request)
    {
        var file = request.Application;
        if (!file.Bytes.AsSpan().StartsWith(FirmwareImage.AssemblyMarker))
        {
            throw new FlashException(
                FlashError.NotAnApplication,
                $"'{file.Path}' is not a deployment image: it does not begin with {System.Text.Encoding.ASCII.GetString(FirmwareImage.AssemblyMarker)}.");
        }

        return InPartition(file, request.Table.Deployment, FlashError.ApplicationTooLarge);
    }

    private static Placement PlaceModel(FlashRequest request, Placement? firmware, Placement application) => request.Strategy switch
    {
        ModelStrategy.Clr => Within(request.Model.File, firmware ?? throw new FlashException(
            FlashError.NoFirmware,
            "The model is linked into the firmware by the strategy 'clr': name the firmware with --clr.")),
        ModelStrategy.Resource => Within(request.Model.File, application),
        ModelStrategy.Partition or ModelStrategy.Address => InOwnPartition(request),
        var strategy => throw new ArgumentOutOfRangeException(nameof(request), strategy, "It is not known where this strategy puts a model."),
    };

    private static Placement InOwnPartition(FlashRequest request)
    {
        var partition = request.Table.Model;
        int alignment = request.Board.ModelAlignment;
        return partition.Offset % alignment == 0
            ? InPartition(request.Model.File, partition, FlashError.ModelTooLarge)
            : throw new FlashException(
                FlashError.ModelMisaligned,
                $"{request.Table.Name}: '{partition.Name}' starts at {Hex.Address(partition.Offset)}, which is not a multiple of "
                + $"{Hex.Address(alignment)}.");
    }

    private static Placement InPartition(FlashFile file, Partition partition, FlashError tooLarge)
    {
        RequireFit(file.Path, file.Bytes.Length, partition.Name, partition.Size, tooLarge);
        return new Placement(file, partition.Name, partition.Offset, partition.Size);
    }

    private static void RequireFit(string path, long bytes, string region, long room, FlashError tooLarge)
    {
        if (bytes > room)
        {
            throw new FlashException(tooLarge, $"'{path}' has {Bytes(bytes)}, {Bytes(bytes - room)} more than '{region}' ({Bytes(room)}).");
        }
    }

    private static Placement Within(FlashFile model, Placement container)
    {
        int offset = container.File.Bytes.AsSpan().IndexOf(model.Bytes);
        if (offset < 0)
        {
            throw new FlashException(
                FlashError.ModelNotInside,
                $"'{container.File.Path}' does not contain '{model.Path}': build it again with this model.");
        }

        long address = container.Address + offset;
        return address % EngineAlignment == 0
            ? new Placement(model, Path.GetFileName(container.File.Path), address, model.Bytes.Length)
            : throw new FlashException(
                FlashError.ModelMisaligned,
                $"In '{container.File.Path}' the model would lie at {Hex.Address(address)}, which is not a multiple of "
                + $"{Bytes(EngineAlignment)}.");
    }

    private static FlashFile TableImage(PartitionTable table, string folder) =>
        new(Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(table.Name), ".bin")), PartitionTableImage.Of(table));

    private static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} bytes");
}
