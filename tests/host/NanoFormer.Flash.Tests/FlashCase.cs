using System.Buffers.Binary;

namespace NanoFormer.Flash.Tests;

/// <summary>A request whose parts a test varies: a model of 40 KB with an arena of 4 KB, and what contains it.</summary>
internal static class FlashCase
{
    public const int ModelBytes = 0xA000;
    public const string TableFolder = "build";

    /// <summary>Offset of the model in the firmware and application of <see cref="Containing"/>.</summary>
    public const int InnerOffset = 0x1230;

    public static byte[] Image { get; } = [.. Enumerable.Range(0, ModelBytes).Select(i => (byte)((i * 31) ^ (i >> 8)))];

    public static ModelToFlash Model { get; } = new(new FlashFile("model.nfm", Image), "some-model", 0x3185DE72, 4096);

    public static FlashFile Application { get; } = new("App.bin", Containing("NFMRK1"u8, InnerOffset, 0x8000));

    /// <summary>A firmware of a board: the start that its chip's loader wants, nanoCLR's banner, and the model.</summary>
    public static FlashFile Firmware(Board board)
    {
        byte[] bytes = Containing([], InnerOffset, 0x9000);
        if (board.Family == BoardFamily.Esp32)
        {
            bytes[0] = 0xE9;
            bytes[12] = board.Chip switch { "ESP32" => 0, "ESP32-C3" => 5, "ESP32-S3" => 9, _ => 0xFF };
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x20000400);
            long start = PartitionTable.Shipped(board.Layouts[0].Table).Firmware.Offset;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)start + 0x201);
        }

        "\r\nnanoCLR (Build %d.%d.%d.%d)"u8.CopyTo(bytes.AsSpan(0x100));
        return board.Family == BoardFamily.Pico ? new FlashFile("nanoCLR.uf2", Blocks(bytes)) : new FlashFile("nanoCLR.bin", bytes);
    }

    /// <summary>Bytes as a Pico takes them, from the start of its flash.</summary>
    private static byte[] Blocks(byte[] bytes)
    {
        byte[][] pieces = [.. bytes.Chunk(256)];
        return [.. pieces.SelectMany((piece, i) => Block(0x10000000 + ((uint)i * 256), piece, (uint)i, (uint)pieces.Length))];
    }

    private static byte[] Block(uint address, byte[] piece, uint number, uint count)
    {
        byte[] block = new byte[512];
        uint[] head = [0x0A324655, 0x9E5D5157, 0x2000, address, (uint)piece.Length, number, count, 0xE48BFF59];
        for (int i = 0; i < head.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(i * 4), head[i]);
        }

        piece.CopyTo(block, 32);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(508), 0x0AB16F30);
        return block;
    }

    public static FlashRequest Request(string boardName, ModelStrategy? strategy = null, int? flashMegabytes = null)
    {
        var board = BoardCatalog.Shipped.Find(boardName);
        var layout = board.Layout(flashMegabytes);
        return new FlashRequest(
            board, layout, PartitionTable.Shipped(layout.Table), board.Strategy(strategy), Model, Application, Firmware(board), "COM3");
    }

    public static FlashPlan Plan(FlashRequest request) => FlashPlanner.Plan(request, TableFolder);

    public static FlashException Refused(FlashRequest request) => Assert.Throws<FlashException>(() => Plan(request));

    /// <summary>A file that begins with some bytes and has the model at an offset.</summary>
    public static byte[] Containing(ReadOnlySpan<byte> start, int offset, int after)
    {
        byte[] bytes = new byte[offset + ModelBytes + after];
        start.CopyTo(bytes);
        Image.CopyTo(bytes, offset);
        return bytes;
    }
}
