using System.Text;

namespace NanoFormer.Model;

/// <summary>Text fields: printable ASCII, padded with zeros, with at least one zero at the end.</summary>
internal static class ImageText
{
    /// <exception cref="ModelImageException">BAD_HEADER.</exception>
    public static string Read(ReadOnlySpan<byte> field)
    {
        int length = field.IndexOf((byte)0);
        if (length < 0 || field[..length].ContainsAnyExceptInRange((byte)' ', (byte)'~') || field[length..].ContainsAnyExcept((byte)0))
        {
            throw new ModelImageException(ModelImageError.BadHeader, "a text is not printable ASCII padded with zeros");
        }

        return Encoding.ASCII.GetString(field[..length]);
    }
}
