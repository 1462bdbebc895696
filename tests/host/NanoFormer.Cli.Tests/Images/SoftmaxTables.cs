using static NanoFormer.Cli.Tests.Images.ImageSections;

namespace NanoFormer.Cli.Tests.Images;

/// <summary>
/// The exponential tables of an image with their scales. MODEL-IMAGE.md lets a reader on a PC compare the two; a device does not.
/// </summary>
internal static class SoftmaxTables
{
    private const int Attention = 4;
    private const int Softmax = 7;
    private const int AttentionPool = 13;
    private const int TableBytes = 256 * 4;

    /// <summary>Whether the image holds a table with a scale that is none of the original's.</summary>
    public static bool Differ(byte[] original, byte[] damaged)
    {
        var genuine = Of(original).ToHashSet(StringComparer.Ordinal);
        return Of(damaged).Any(table => !genuine.Contains(table));
    }

    private static IEnumerable<string> Of(byte[] image)
    {
        var tensors = Tensors(image);
        return Records(Operators(image)).Concat(Records(StepOperators(image)))
            .Where(at => at >= 0 && at + Operators(image).RecordBytes <= image.Length)
            .Where(at => image[at] is Attention or Softmax or AttentionPool)
            .Select(at => UInt16(image, at + 12))
            .Where(tensor => tensor < tensors.Count)
            .Select(tensor => Text(image, tensors.Record(tensor)));
    }

    private static IEnumerable<int> Records(ImageSections section) => Enumerable.Range(0, section.Count).Select(section.Record);

    private static string Text(byte[] image, int tensor)
    {
        long offset = (uint)Int32(image, tensor);
        return offset + TableBytes <= image.Length
            ? Convert.ToHexString(image.AsSpan(tensor + 16, 8)) + Convert.ToHexString(image.AsSpan((int)offset, TableBytes))
            : "outside";
    }
}
