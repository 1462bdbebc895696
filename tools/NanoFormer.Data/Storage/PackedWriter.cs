using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoFormer.Files;

namespace NanoFormer.Data.Storage;

/// <summary>
/// Writes the files of a packed data set beside their places, and last the header that names them with their checksums: only then the old
/// set, if there is one, is replaced. What is disposed of before that leaves the folder as it was.
/// </summary>
internal sealed class PackedWriter : IDisposable
{
    private const string HeaderName = "header.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _folder;
    private readonly string[] _old;
    private readonly bool _isMade;
    private readonly List<string> _parts = [];
    private readonly JsonObject _files = [];

    /// <summary>Opens a folder; it is made when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replace">Whether a data set that is there already may be replaced.</param>
    /// <exception cref="DataException">
    /// <see cref="DataError.FolderNotEmpty"/>: the folder holds something that may not be replaced.
    /// </exception>
    public PackedWriter(string folder, bool replace)
    {
        _folder = folder;
        string header = Path.Combine(folder, HeaderName);
        bool isUsed = Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any(path => !path.EndsWith(AtomicFile.PartSuffix, StringComparison.Ordinal));
        if (isUsed && !(replace && File.Exists(header)))
        {
            throw new DataException(DataError.FolderNotEmpty,
                $"{folder} holds something already: name another folder, or replace a data set with --force.");
        }

        _old = isUsed ? NamesIn(header) : [];
        _isMade = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes int16 values, little-endian, as they come.</summary>
    public PackedStream BeginInt16(string key) => new(this, key, $"{key}.i16.gz");

    /// <summary>Writes UTF-8 text.</summary>
    public void WriteText(string key, string extension, string text)
    {
        using var stream = new PackedStream(this, key, $"{key}.{extension}.gz");
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes the header, and puts all files in their places.</summary>
    /// <param name="format">Name of the format.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="rateHz">Samples per second.</param>
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
        Commit(header.ToJsonString(Indented) + "\n");
    }

    /// <summary>Removes what was not put in its place.</summary>
    public void Dispose()
    {
        foreach (string name in _parts)
        {
            File.Delete(PartOf(name));
        }

        if (_isMade && _parts.Count > 0 && !Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            Directory.Delete(_folder);
        }
    }

    private string PartOf(string name) => Path.Combine(_folder, name + AtomicFile.PartSuffix);

    /// <summary>Without a header there is no data set: it goes first and comes last.</summary>
    private void Commit(string header)
    {
        File.Delete(Path.Combine(_folder, HeaderName));
        foreach (string? name in _old.Except(_parts))
        {
            File.Delete(Path.Combine(_folder, name));
        }

        foreach (string name in _parts)
        {
            File.Move(PartOf(name), Path.Combine(_folder, name), overwrite: true);
        }

        _parts.Clear();
        AtomicFile.WriteAllText(Path.Combine(_folder, HeaderName), header);
    }

    /// <summary>The files that a header names: no others are the set's.</summary>
    private static string[] NamesIn(string header)
    {
        try
        {
            var files = JsonNode.Parse(File.ReadAllText(header))?["files"] as JsonObject ?? [];
            return [.. files.Select(file => (string?)file.Value?["file"]).OfType<string>().Where(FileNames.IsPlain)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return []; // a damaged header names nothing
        }
    }

    /// <summary>A gzipped file while it is being written.</summary>
    internal sealed class PackedStream : IDisposable
    {
        private readonly PackedWriter _writer;
        private readonly string _key;
        private readonly string _name;
        private readonly SHA256 _hash = SHA256.Create();
        private readonly FileStream _file;
        private readonly CryptoStream _hashed;
        private readonly GZipStream _gzip;
        private long _bytes;

        public PackedStream(PackedWriter writer, string key, string name)
        {
            _writer = writer;
            _key = key;
            _name = name;
            writer._parts.Add(name);
            _file = File.Create(writer.PartOf(name));
            _hashed = new CryptoStream(_file, _hash, CryptoStreamMode.Write, leaveOpen: true);
            _gzip = new GZipStream(_hashed, CompressionLevel.Optimal, leaveOpen: true);
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            _gzip.Write(bytes);
            _bytes += bytes.Length;
        }

        public void Write(ReadOnlySpan<short> values)
        {
            if (BitConverter.IsLittleEndian)
            {
                Write(MemoryMarshal.AsBytes(values));
                return;
            }

            short[] swapped = new short[values.Length];
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(values, swapped);
            Write(MemoryMarshal.AsBytes(swapped.AsSpan()));
        }

        /// <summary>Ends the file, and notes it for the header.</summary>
        public void Dispose()
        {
            _gzip.Dispose();
            _hashed.FlushFinalBlock();
            _hashed.Dispose();
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            _writer._files[_key] = new JsonObject
            {
                ["file"] = _name,
                ["bytes_raw"] = _bytes,
                ["sha256_gz"] = Convert.ToHexStringLower(_hash.Hash!),
            };
            _hash.Dispose();
        }
    }
}
