using System.Buffers.Binary;
using System.Text;

namespace NanoFormer.Training;

/// <summary>Edits the version needs (<c>.gnu.version_r</c>) of a 64-bit little-endian ELF library.</summary>
/// <remarks>Layout: System V ABI gABI chapter 4, and "Symbol Versioning" of the Linux Standard Base.</remarks>
public static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort FlagWeak = 0x2;                     // VER_FLG_WEAK: the loader warns of nothing and goes on

    /// <summary>
    /// Marks a needed symbol version as weak, in a new file that takes the old one's place in one step: several processes may do so at
    /// once.
    /// </summary>
    /// <returns>False when the file needs no such version, or only weakly already; it is then left alone.</returns>
    /// <exception cref="InvalidDataException">The file is not a 64-bit little-endian ELF file.</exception>
    public static bool MakeWeak(string path, string version)
    {
        byte[] image = File.ReadAllBytes(path);
        if (!MakeWeak(image, version))
        {
            return false;
        }

        string replacement = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(replacement, image);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(replacement, File.GetUnixFileMode(path));
        }

        File.Move(replacement, path, overwrite: true);
        return true;
    }

    /// <summary>The same on an image in memory.</summary>
    /// <inheritdoc cref="MakeWeak(string, string)"/>
    public static bool MakeWeak(Span<byte> image, string version)
    {
        try
        {
            return MakeWeakUnchecked(image, version);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new InvalidDataException("An offset of the ELF file points outside it.", fault);
        }
    }

    private static bool MakeWeakUnchecked(Span<byte> image, string version)
    {
        if (!image.StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        }

        int sections = (int)U64(image, 0x28);
        ushort sectionBytes = U16(image, 0x3a);
        for (int i = 0; i < U16(image, 0x3c); i++)
        {
            var section = image.Slice(sections + i * sectionBytes, sectionBytes);
            if (U32(section, 4) == SectionTypeVersionNeeds)
            {
                int names = (int)U64(image, sections + (int)U32(section, 0x28) * sectionBytes + 0x18);
                return MarkWeak(image, (int)U64(section, 0x18), (int)U32(section, 0x2c), names, version);
            }
        }

        return false;
    }

    private static bool MarkWeak(Span<byte> image, int need, int needCount, int names, string version)
    {
        bool changed = false;
        for (int n = 0; n < needCount; n++)
        {
            int entry = need + (int)U32(image, need + 8);
            for (int e = 0; e < U16(image, need + 2); e++)
            {
                ushort flags = U16(image, entry + 4);
                if (NameIs(image[(names + (int)U32(image, entry + 8))..], version) && (flags & FlagWeak) == 0)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], (ushort)(flags | FlagWeak));
                    changed = true;
                }

                entry += (int)U32(image, entry + 12);
            }

            need += (int)U32(image, need + 12);
        }

        return changed;
    }

    private static bool NameIs(ReadOnlySpan<byte> text, string name) => text.StartsWith(Encoding.ASCII.GetBytes(name + '\0'));

    private static ushort U16(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]);

    private static uint U32(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(image[offset..]);

    private static ulong U64(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(image[offset..]);
}
