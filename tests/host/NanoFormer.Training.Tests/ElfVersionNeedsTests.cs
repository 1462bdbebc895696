using System.Buffers.Binary;
using System.Text;

namespace NanoFormer.Training.Tests;

public sealed class ElfVersionNeedsTests
{
    private const int FirstFlags = 0x80 + 16 + 4;
    private const int SecondFlags = FirstFlags + 16;

    [Fact]
    public void Only_the_named_version_becomes_weak()
    {
        byte[] image = Library();

        Assert.True(ElfVersionNeeds.MakeWeak(image.AsSpan(), "NEW_2"));

        Assert.Equal([SecondFlags], Library().Zip(image).Index().Where(b => b.Item.First != b.Item.Second).Select(b => b.Index));
        Assert.Equal(2, image[SecondFlags]);
        Assert.False(ElfVersionNeeds.MakeWeak(image.AsSpan(), "NEW_2"));
        Assert.False(ElfVersionNeeds.MakeWeak(image.AsSpan(), "NEW"));
    }

    [Fact]
    public void A_file_is_replaced_and_an_open_old_one_is_not_touched()
    {
        var folder = Directory.CreateTempSubdirectory("elf");
        string path = Path.Combine(folder.FullName, "lib.so");
        File.WriteAllBytes(path, Library());
        using (var original = File.OpenRead(path))
        {
            Assert.True(ElfVersionNeeds.MakeWeak(path, "NEW_2"));
            Assert.False(ElfVersionNeeds.MakeWeak(path, "NEW_2"));

            byte[] before = new byte[original.Length];
            original.ReadExactly(before);
            Assert.Equal(Library(), before);
            Assert.Equal(2, File.ReadAllBytes(path)[SecondFlags]);
        }

        Assert.Equal([path], Directory.GetFiles(folder.FullName));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(new byte[100].AsSpan(), "NEW_2"));
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(Library().AsSpan(0, 0xa0), "NEW_2"));
    }

    /// <summary>The least ELF file with version needs: one library, versions OLD_1 and NEW_2.</summary>
    private static byte[] Library()
    {
        byte[] image = new byte[0x200];
        "\u007fELF"u8.CopyTo(image);
        (image[4], image[5]) = (2, 1);
        U64(image, 0x28, 0x100); // section headers
        U16(image, 0x3a, 64);    // bytes of one
        U16(image, 0x3c, 2);     // how many
        U32(image, 0x100 + 4, 3);             // section 0: strings
        U64(image, 0x100 + 0x18, 0x40);
        U32(image, 0x140 + 4, 0x6ffffffe);    // section 1: version needs
        U64(image, 0x140 + 0x18, 0x80);
        U32(image, 0x140 + 0x28, 0);          // its strings: section 0
        U32(image, 0x140 + 0x2c, 1);          // one library
        Encoding.ASCII.GetBytes("\0OLD_1\0NEW_2\0").CopyTo(image, 0x40);
        U16(image, 0x80 + 2, 2);              // two versions
        U32(image, 0x80 + 8, 16);             // the first lies 16 bytes on
        U32(image, 0x90 + 8, 1);              // OLD_1
        U32(image, 0x90 + 12, 16);
        U32(image, 0xa0 + 8, 7);              // NEW_2
        return image;
    }

    private static void U16(byte[] image, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), value);

    private static void U32(byte[] image, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(offset), value);

    private static void U64(byte[] image, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(offset), value);
}
