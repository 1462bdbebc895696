namespace NanoFormer.Model;

/// <summary>Everything in an image and in an arena starts at a multiple of 16 bytes.</summary>
internal static class Alignment
{
    public const int Bytes = 16;

    public static int RoundUp(int bytes) => (bytes + Bytes - 1) & ~(Bytes - 1);

    public static bool IsAligned(long offset) => (offset & (Bytes - 1)) == 0;
}
