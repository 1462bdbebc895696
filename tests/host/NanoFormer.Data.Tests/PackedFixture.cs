using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NanoFormer.Data.Tests;

/// <summary>A packed data set written to a folder that lives as long as the fixture.</summary>
internal sealed class PackedFixture : IDisposable
{
    private readonly Dictionary<string, object> _files = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("packed").FullName;

    /// <summary>Two train windows and one test window of 2 samples x 2 channels.</summary>
    public static PackedFixture Windows()
    {
        var fixture = new PackedFixture();
        fixture.AddInt16("train", [1, 2, 3, 4, 5, 6, 7, 8]);
        fixture.AddInt16("test", [-1, -2, -3, short.MinValue]);
        fixture.AddText("rows", "row,split,label,subject\n0,train,1,7\n1,train,0,8\n2,test,1,9\n");
        fixture.WriteHeader(new { labels = new[] { "STILL", "MOVING" }, window_samples = 2 });
        return fixture;
    }

    /// <summary>Two recordings of 6 and 4 samples; 3 has segments of activity 4 and 9, 5 only of 4.</summary>
    public static PackedFixture Recordings(string labels = "3 1 4 1 3\n3 1 9 5 6\n5 2 4 2 4\n")
    {
        var fixture = new PackedFixture();
        fixture.AddInt16("signal", [.. Enumerable.Range(0, 20).Select(i => (short)i)]);
        fixture.AddText("labels", labels);
        fixture.WriteHeader(new
        {
            labels = new Dictionary<string, string> { ["4"] = "STILL", ["9"] = "MOVING" },
            experiments = new[]
            {
                new { experiment = 3, subject = 1, offset_samples = 0, samples = 6, split = "train" },
                new { experiment = 5, subject = 2, offset_samples = 6, samples = 4, split = "test" },
            },
        });
        return fixture;
    }

    public void AddInt16(string key, short[] values) => Add(key, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public void AddText(string key, string text) => Add(key, Encoding.UTF8.GetBytes(text));

    public void AddSingle(string key, float[] values) => Add(key, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public void AddBytes(string key, byte[] values) => Add(key, values);

    /// <summary>Writes the header; fields of <paramref name="layout"/> go before those every fixture has.</summary>
    public void WriteHeader(object layout)
    {
        var fields = JsonSerializer.SerializeToNode(layout)!.AsObject();
        fields["name"] = "fixture";
        fields["dtype"] ??= "int16";
        fields["sampling_rate_hz"] = 50;
        fields["channels"] ??= JsonSerializer.SerializeToNode(
            new[] { new { name = "a", unit = "g", scale = 0.5 }, new { name = "w", unit = "rad/s", scale = 0.25 } });
        fields["files"] = JsonSerializer.SerializeToNode(_files);
        File.WriteAllText(PathOf("header.json"), fields.ToJsonString());
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Add(string key, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        File.WriteAllBytes(PathOf(key + ".gz"), packed.ToArray());
        string hash = Convert.ToHexStringLower(SHA256.HashData(packed.ToArray()));
        _files[key] = new { file = key + ".gz", bytes_raw = bytes.Length, sha256_gz = hash };
    }
}
