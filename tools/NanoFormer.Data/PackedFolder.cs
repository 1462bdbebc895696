using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NanoFormer.Data;

/// <summary>Reads the files of one packed data set, each checked against the header.</summary>
internal sealed class PackedFolder
{
    private readonly string _folder;

    public PackedFolder(string folder)
    {
        _folder = folder;
        Header = ReadHeader();
    }

    public PackedHeader Header { get; }

    /// <summary>The int16 values of a file.</summary>
    public short[] ReadInt16(string key)
    {
        var bytes = ReadBytes(key);
        var values = new short[bytes.Length / sizeof(short)];
        bytes.AsSpan(0, values.Length * sizeof(short)).CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(values, values);
        }
        return values;
    }

    /// <summary>The unpacked bytes of a file, after its checksum and length were checked.</summary>
    public byte[] ReadBytes(string key)
    {
        var file = Header.Files.GetValueOrDefault(key)
            ?? throw new DataException(DataError.BadHeader, $"{HeaderPath}: no file '{key}'.");
        var path = PathOf(key);
        var packed = ReadFile(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(packed));
        if (!hash.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new DataException(DataError.ChecksumMismatch, $"{path}: SHA-256 is {hash}, the header says {file.Sha256}.");
        }
        var bytes = Unpack(packed);
        return bytes.Length == file.RawBytes
            ? bytes
            : throw new DataException(DataError.WrongLength, $"{path}: {bytes.Length} bytes unpacked, the header says {file.RawBytes}.");
    }

    /// <summary>The path of a file, for messages.</summary>
    public string PathOf(string key) => Path.Combine(_folder, Header.Files[key].Name);

    private string HeaderPath => Path.Combine(_folder, "header.json");

    private PackedHeader ReadHeader()
    {
        try
        {
            var header = JsonSerializer.Deserialize<PackedHeader>(ReadFile(HeaderPath))
                ?? throw new JsonException("the header is null");
            return header.DataType == "int16" && header.Channels.Length > 0 && header.RateHz > 0
                ? header
                : throw new DataException(DataError.BadHeader, $"{HeaderPath}: needs dtype int16, channels and a sampling rate.");
        }
        catch (JsonException fault)
        {
            throw new DataException(DataError.BadHeader, $"{HeaderPath}: {fault.Message}", fault);
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(DataError.MissingFile, $"{path}: not found.", fault);
        }
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
