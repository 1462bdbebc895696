using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NanoFormer.Flash;

/// <summary>The binary form of a partition table that the boot loader of an ESP32 reads.</summary>
/// <remarks>Format: esp-idf documentation, partition tables. Entries of 32 bytes, their MD5, then 0xFF up to 3 KB.</remarks>
public static class PartitionTableImage
{
    /// <summary>Where it lies in flash.</summary>
    public const long Address = 0x8000;

    private const int ImageBytes = 0xC00;
    private const int EntryBytes = 32;
    private const int NameOffset = 12;
    private const int FlagsOffset = 28;
    private const int DigestOffset = 16;
    private const ushort EntryMagic = 0x50AA;
    private const ushort DigestMagic = 0xEBEB;

    /// <summary>The bytes to write at <see cref="Address"/>.</summary>
    /// <exception cref="FlashException">The table has more entries than the format.</exception>
#pragma warning disable CA5351 // The format's own checksum against damage, not against forgery.
    public static byte[] Of(PartitionTable table)
    {
        int entries = table.Partitions.Count * EntryBytes;
        if (entries + EntryBytes >= ImageBytes)
        {
            throw new FlashException(FlashError.BadPartitionTable, $"{table.Name} has more partitions than a table can hold.");
        }

        byte[] image = new byte[ImageBytes];
        Array.Fill(image, (byte)0xFF);
        for (int i = 0; i < table.Partitions.Count; i++)
        {
            WriteEntry(image.AsSpan(i * EntryBytes, EntryBytes), table.Partitions[i]);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(entries), DigestMagic);
        MD5.HashData(image.AsSpan(0, entries), image.AsSpan(entries + DigestOffset));
        return image;
    }
#pragma warning restore CA5351

    private static void WriteEntry(Span<byte> entry, Partition partition)
    {
        entry.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(entry, EntryMagic);
        entry[2] = (byte)partition.Type;
        entry[3] = (byte)partition.Subtype;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)partition.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)partition.Size);
        Encoding.ASCII.GetBytes(partition.Name, entry[NameOffset..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[FlagsOffset..], (uint)partition.Flags);
    }
}
