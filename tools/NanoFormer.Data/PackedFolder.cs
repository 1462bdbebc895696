using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using NanoFormer.Files;

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

    /// <summary>The channels, in the scale of the header or, where given, of one recording.</summary>
    /// <exception cref="DataException"><see cref="DataError.BadHeader"/>: neither states a positive scale.</exception>
    public ChannelInfo[] ChannelInfos(double? scale = null) =>
        [.. Header.Channels.Select(c => (scale ?? c.Scale) is { } step && step > 0
            ? new ChannelInfo(c.Name, c.Unit, step)
            : throw BadHeader($"channel {c.Name} has no scale"))];

    /// <summary>Reads a part of the header that depends on the layout.</summary>
    /// <exception cref="DataException"><see cref="DataError.BadHeader"/>: a field is missing or of another type.</exception>
    public T Parse<T>(JsonElement part)
        where T : class
    {
        try
        {
            return part.Deserialize<T>() ?? throw new JsonException("a list is null");
        }
        catch (JsonException fault)
        {
            throw BadHeader(fault.Message.TrimEnd('.'), fault);
        }
    }

    /// <summary>The error of a header that cannot be understood.</summary>
    public DataException BadHeader(string problem, Exception? inner = null) =>
        new(DataError.BadHeader, $"{HeaderPath}: {problem}.", inner);

    /// <summary>The error of a layout that is not read.</summary>
    public DataException Unsupported(string read) => new(DataError.UnsupportedLayout, $"{HeaderPath}: {read}.");

    /// <summary>The int16 values of a file.</summary>
    public short[] ReadInt16(string key)
    {
        if (Header.DataType != "int16")
        {
            throw Unsupported($"the file '{key}' is read as int16, not as {Header.DataType}");
        }

        byte[] bytes = ReadBytes(key);
        short[] values = new short[bytes.Length / sizeof(short)];
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
            ?? throw BadHeader($"no file '{key}'");
        string path = PathOf(key);
        byte[] packed = ReadFile(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(packed));
        if (!hash.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new DataException(DataError.ChecksumMismatch, $"{path}: SHA-256 is {hash}, the header says {file.Sha256}.");
        }

        byte[] bytes = Unpack(packed);
        return bytes.Length == file.RawBytes
            ? bytes
            : throw new DataException(DataError.WrongLength, $"{path}: {bytes.Length} bytes unpacked, the header says {file.RawBytes}.");
    }

    /// <summary>The path of a file, for messages.</summary>
    public string PathOf(string key) => FileNames.IsPlain(Header.Files[key].Name)
        ? Path.Combine(_folder, Header.Files[key].Name)
        : throw BadHeader($"the file '{key}' has the name '{Header.Files[key].Name}', which is not that of a file in this folder");

    private string HeaderPath => Path.Combine(_folder, "header.json");

    private PackedHeader ReadHeader()
    {
        try
        {
            var header = JsonSerializer.Deserialize<PackedHeader>(ReadFile(HeaderPath))
                ?? throw new JsonException("the header is null");
            return header.Channels.Length > 0 && header.RateHz > 0
                ? header
                : throw BadHeader("needs channels and a sampling rate");
        }
        catch (JsonException fault)
        {
            throw BadHeader(fault.Message.TrimEnd('.'), fault);
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
