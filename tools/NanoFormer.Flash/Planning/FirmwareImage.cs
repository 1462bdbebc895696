using System.Buffers.Binary;
using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>Tells a firmware of a board's chip from other files.</summary>
internal static class FirmwareImage
{
    /// <summary>What an application begins with, and no firmware: nf-interpreter, TypeSystem.cpp; a version digit follows.</summary>
    public static ReadOnlySpan<byte> AssemblyMarker => "NFMRK"u8;

    // esp-idf, esp_app_format.h: a header of 24 bytes, then segments, each with its address and length before its data.
    private const byte EspMagic = 0xE9;
    private const int EspHeaderBytes = 24;
    private const int EspSegmentHeaderBytes = 8;
    private const int EspSegmentsOffset = 1;
    private const int EspChipOffset = 12;

    private static readonly Dictionary<string, int> EspChips = new()
    {
        ["ESP32"] = 0,
        ["ESP32-S2"] = 2,
        ["ESP32-C3"] = 5,
        ["ESP32-S3"] = 9,
        ["ESP32-C2"] = 12,
        ["ESP32-C6"] = 13,
        ["ESP32-H2"] = 16,
        ["ESP32-P4"] = 18,
        ["ESP32-C61"] = 20,
        ["ESP32-C5"] = 23,
    };

    /// <summary>What is wrong with a file that ends too early.</summary>
    public const string CutOff = "is cut off: build or copy it again";

    // A Cortex-M begins with its stack's address and its first instruction's, whose lowest bit says Thumb.
    private const int VectorBytes = 8;
    private const uint RamStart = 0x10000000; // the core-coupled memory of an STM32F4; the rest is at 0x20000000
    private const uint RamEnd = 0x30000000;

    /// <summary>The text that a firmware with a debugger announces itself by; one built as RTM has it not.</summary>
    private static ReadOnlySpan<byte> Banner => "nanoCLR (Build"u8;

    /// <summary>Whether a firmware was built as RTM: it answers neither Visual Studio nor <c>nanoff --nanodevice</c>.</summary>
    public static bool IsRtm(FlashFile file) => file.Bytes.AsSpan().IndexOf(Banner) < 0;

    /// <summary>Finds the place of a firmware: its partition, of a Pico what its blocks say.</summary>
    /// <param name="file">The file.</param>
    /// <param name="board">The board.</param>
    /// <param name="table">Its flash.</param>
    /// <exception cref="FlashException">It is not a whole firmware of the board's chip.</exception>
    public static Placement Place(FlashFile file, Board board, PartitionTable table)
    {
        string extension = board.Family == BoardFamily.Pico ? Uf2.Extension : ".bin";
        if (Path.GetExtension(file.Path) != extension)
        {
            throw Not(file, $"is no {extension} file, the only kind nanoff takes as firmware of this board");
        }

        if (file.Bytes.Length == 0)
        {
            throw Not(file, "is empty: build the firmware again (nfproj/CUSTOM-CLR.md)");
        }

        if (file.Bytes.AsSpan().StartsWith(AssemblyMarker))
        {
            throw Not(file, "is an application: name it with --app, and nanoCLR.bin with --clr");
        }

        var region = table.Firmware;
        if (board.Family == BoardFamily.Pico)
        {
            var (address, bytes, fault) = Uf2.Decode(file.Bytes, board.Chip, board.FlashStart, region.End);
            return fault is null
                ? new Placement(file with { Bytes = bytes }, region.Name, address, region.End - address)
                : throw Not(file, fault);
        }

        return (board.Family == BoardFamily.Esp32 ? Esp32Fault(file.Bytes, board.Chip) : CortexFault(file.Bytes, board.Chip, region)) is { } wrong
            ? throw Not(file, wrong)
            : new Placement(file, region.Name, region.Offset, region.Size);
    }

    private static string? Esp32Fault(ReadOnlySpan<byte> bytes, string chip)
    {
        if (bytes[0] != EspMagic)
        {
            return $"is not a firmware of an ESP32: it begins with 0x{bytes[0]:X2} instead of 0x{EspMagic:X2}";
        }

        if (bytes.Length < EspHeaderBytes)
        {
            return CutOff;
        }

        int id = BinaryPrimitives.ReadUInt16LittleEndian(bytes[EspChipOffset..]);
        if (id != EspChips[chip])
        {
            string other = EspChips.FirstOrDefault(known => known.Value == id).Key ?? $"a chip of number {Number(id)}";
            return $"is a firmware for {other}, the board has an {chip}: name another board with --board, or build for this one";
        }

        return HasAllSegments(bytes) ? null : CutOff;
    }

    private static bool HasAllSegments(ReadOnlySpan<byte> bytes)
    {
        long end = EspHeaderBytes;
        for (int segments = bytes[EspSegmentsOffset]; segments > 0; segments--)
        {
            if (end + EspSegmentHeaderBytes > bytes.Length)
            {
                return false;
            }

            end += EspSegmentHeaderBytes + BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)end + sizeof(uint))..]);
        }

        return end <= bytes.Length;
    }

    private static string? CortexFault(ReadOnlySpan<byte> bytes, string chip, Partition region)
    {
        if (bytes.Length < VectorBytes)
        {
            return CutOff;
        }

        uint stack = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        uint reset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
        if (stack is < RamStart or >= RamEnd || reset % 2 == 0)
        {
            return $"is not a firmware of an {chip}: it does not begin with the addresses of a stack and of code";
        }

        return reset >= region.Offset && reset < region.End ? null
            : $"starts at {Hex.Address(reset)}, outside '{region.Name}' ({Hex.Address(region.Offset)} to {Hex.Address(region.End)}): "
            + "it is nanoBooter, or was built for another board or another layout of its flash";
    }

    private static FlashException Not(FlashFile file, string what) => new(FlashError.NotFirmware, $"'{file.Path}' {what}.");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
