using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NanoFormer.Data.Storage;

/// <summary>Writes the files of a packed data set, and last the header that names them with their checksums.</summary>
internal sealed class PackedWriter(string folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonObject _files = [];

    /// <summary>Writes int16 values, little-endian.</summary>
    public void WriteInt16(string key, ReadOnlySpan<short> values)
    {
        var bytes = new byte[values.Length * sizeof(short)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), values[i]);
        }
        Write(key, $"{key}.i16.gz", bytes);
    }

    /// <summary>Writes UTF-8 text.</summary>
    public void WriteText(string key, string extension, string text) => Write(key, $"{key}.{extension}.gz", Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the header.</summary>
    /// <param name="format">Name of the format.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="channels">The columns.</param>
    /// <param name="classNames">The classes.</param>
    /// <param name="layout">What else belongs to the format.</param>
    public void WriteHeader(
        string format, string name, double rateHz, IReadOnlyList<ChannelInfo> channels, IReadOnlyList<string> classNames, JsonObject layout)
    {
        var header = new JsonObject
        {
            ["format"] = format,
            ["name"] = name,
            ["dtype"] = "int16",
            ["endian"] = "little",
            ["sampling_rate_hz"] = rateHz,
            ["channels"] = new JsonArray([.. channels.Select(channel => (JsonNode)new JsonObject
            {
                ["name"] = channel.Name,
                ["unit"] = channel.Unit,
                ["scale"] = channel.Scale,
            })]),
            ["labels"] = new JsonArray([.. classNames.Select(label => (JsonNode)label)]),
        };
        foreach (var (key, value) in layout.ToArray())
        {
            layout.Remove(key);
            header[key] = value;
        }
        header["files"] = _files;
        File.WriteAllText(Path.Combine(folder, "header.json"), header.ToJsonString(Indented) + "\n");
    }

    private void Write(string key, string file, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }
        File.WriteAllBytes(Path.Combine(folder, file), packed.ToArray());
        _files[key] = new JsonObject
        {
            ["file"] = file,
            ["bytes_raw"] = bytes.Length,
            ["sha256_gz"] = Convert.ToHexStringLower(SHA256.HashData(packed.ToArray())),
        };
    }
}
