using System.Buffers.Binary;

namespace NanoFormer.Flash;

/// <summary>The form in which a Raspberry Pi Pico takes its firmware: blocks of 512 bytes, each with the address of its content.</summary>
/// <remarks>Format: github.com/microsoft/uf2.</remarks>
internal static class Uf2
{
    /// <summary>How such files end.</summary>
    public const string Extension = ".uf2";

    private const int BlockBytes = 512;
    private const int PayloadOffset = 32;
    private const int LongestPayload = 476;
    private const int EndMagicOffset = 508;
    private const uint StartMagic = 0x0A324655;
    private const uint SecondMagic = 0x9E5D5157;
    private const uint EndMagic = 0x0AB16F30;
    private const uint FamilyIsPresent = 0x2000;

    private static readonly Dictionary<string, uint> Families = new() { ["RP2350"] = 0xE48BFF59, ["RP2040"] = 0xE48BFF56 };

    /// <summary>What the blocks hold, from the lowest address to the highest; gaps are erased flash.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="chip">The board's chip.</param>
    /// <param name="from">First address that may be written.</param>
    /// <param name="to">First address behind.</param>
    /// <returns>Address and bytes, or what is wrong, as the end of a sentence.</returns>
    public static (long Address, byte[] Bytes, string? Fault) Decode(ReadOnlySpan<byte> bytes, string chip, long from, long to)
    {
        if (bytes.Length < sizeof(uint) || UInt32(bytes, 0) != StartMagic)
        {
            return (0, [], $"is no {Extension} file: nanoff would write a .bin over nanoBooter");
        }

        var blocks = new SortedDictionary<long, byte[]>();
        for (int at = 0; at < bytes.Length; at += BlockBytes)
        {
            if (bytes.Length - at < BlockBytes)
            {
                return (0, [], FirmwareImage.CutOff);
            }

            var block = bytes.Slice(at, BlockBytes);
            int length = (int)Math.Min(UInt32(block, 16), int.MaxValue);
            if (UInt32(block, 0) != StartMagic || UInt32(block, 4) != SecondMagic || UInt32(block, EndMagicOffset) != EndMagic
                || length is 0 or > LongestPayload || UInt32(block, 24) != bytes.Length / BlockBytes)
            {
                return (0, [], FirmwareImage.CutOff);
            }

            if ((UInt32(block, 8) & FamilyIsPresent) == 0 || UInt32(block, 28) != Families[chip])
            {
                return (0, [], $"is not for an {chip}");
            }

            long address = UInt32(block, 12);
            if (address < from || address + length > to)
            {
                return (0, [], $"would write {Hex.Address(address)}, outside the firmware's flash ({Hex.Address(from)} to {Hex.Address(to)})");
            }

            blocks[address] = block.Slice(PayloadOffset, length).ToArray();
        }

        long first = blocks.Keys.First();
        byte[] content = new byte[blocks.Max(block => block.Key + block.Value.Length) - first];
        Array.Fill(content, (byte)0xFF);
        foreach (var (address, payload) in blocks)
        {
            payload.CopyTo(content, address - first);
        }

        return (first, content, null);
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
