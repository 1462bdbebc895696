using System.Security.Cryptography;
using System.Text;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>
/// The signature of a data acquisition file: HMAC-SHA256 of the whole file, in which the signature's own 64 digits are zeros.
/// </summary>
internal static class AcquisitionSignature
{
    /// <summary>What stands in the place of the signature before a file is signed.</summary>
    public static readonly string Empty = new('0', 64);

    /// <summary>The signed file.</summary>
    /// <param name="file">UTF-8 text that holds <see cref="Empty"/> once.</param>
    /// <param name="key">The project's HMAC key.</param>
    public static byte[] Sign(byte[] file, string key)
    {
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), file));
        byte[] signed = (byte[])file.Clone();
        Encoding.ASCII.GetBytes(signature).CopyTo(signed.AsSpan(signed.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Empty))));
        return signed;
    }

    /// <summary>Whether a file was signed with a key and not changed since.</summary>
    public static bool IsValid(byte[] file, string signature, string key)
    {
        int place = signature.Length == Empty.Length ? file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(signature)) : -1;
        if (place < 0)
        {
            return false;
        }

        byte[] unsigned = (byte[])file.Clone();
        unsigned.AsSpan(place, Empty.Length).Fill((byte)'0');
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), unsigned);
        return Convert.ToHexString(expected).Equals(signature, StringComparison.OrdinalIgnoreCase);
    }
}
