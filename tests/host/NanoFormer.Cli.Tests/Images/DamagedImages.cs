using static NanoFormer.Cli.Tests.Images.ImageSections;

namespace NanoFormer.Cli.Tests.Images;

/// <summary>Damaged copies of the shipped model with the errors that MODEL-IMAGE.md gives them.</summary>
internal static class DamagedImages
{
    private const int MaxImageBytes = 16 << 20;
    private const int MaxArenaBytes = 1 << 20;

    private static readonly Dictionary<string, (string Error, Func<byte[], byte[]> Damage)> Known = new()
    {
        ["empty"] = ("TRUNCATED", _ => []),
        ["truncated"] = ("TRUNCATED", image => image[..(image.Length / 2)]),
        ["bit flipped"] = ("BAD_CHECKSUM", image => Changed(image, copy => copy[copy.Length / 3] ^= 0x10)),
        ["oversized"] = ("BAD_HEADER", image => Changed(image, copy => SetInt32(copy, 8, MaxImageBytes + 16))),
        ["oversized file"] = ("BAD_HEADER", image => Changed(Padded(image, MaxImageBytes + 16), copy => SetInt32(copy, 8, copy.Length))),
        ["oversized arena"] = ("BAD_HEADER", image => Sealed(image, copy => SetInt32(copy, 48, MaxArenaBytes + 16))),
        ["another file"] = ("BAD_MAGIC", image => Changed(image, copy => copy.AsSpan(0, 4).Clear())),
        ["another version"] = ("UNSUPPORTED_VERSION", image => Changed(image, copy => SetUInt16(copy, 4, 1))),
        ["unknown operator"] = ("UNSUPPORTED_OPERATOR", image => Sealed(image, copy => copy[Operators(copy).Start] = 99)),
        ["arena too small"] = ("BAD_OPERATOR", image => Sealed(image, copy => SetInt32(copy, 48, 16))),
    };

    public static TheoryData<string> Names => [.. Known.Keys];

    /// <summary>The name of the error that every reader gives.</summary>
    public static string ErrorOf(string name) => Known[name].Error;

    public static byte[] Create(string name) => Known[name].Damage(ShippedModel.Image);

    private static byte[] Padded(byte[] image, int length)
    {
        Array.Resize(ref image, length);
        return image;
    }

    private static byte[] Changed(byte[] image, Action<byte[]> change)
    {
        change(image);
        return image;
    }

    private static byte[] Sealed(byte[] image, Action<byte[]> change)
    {
        change(image);
        Seal(image);
        return image;
    }
}
