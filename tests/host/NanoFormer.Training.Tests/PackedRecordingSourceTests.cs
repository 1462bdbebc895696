using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>Windows cut from a packed set of recordings: three of 80 samples, each of another scale.</summary>
public sealed class PackedRecordingSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("packed").FullName;

    public PackedRecordingSourceTests() => WriteSet();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Windows_are_cut_and_split_by_the_named_subjects()
    {
        var data = TrainingData.Load(ConfigOf("load_2"), _folder, validate: false);

        Assert.Equal(["load_0", "load_1"], data.Train.Subjects.Distinct());
        Assert.Equal(["load_2"], data.Test.Subjects.Distinct());
        Assert.Equal(4, data.Test.Count); // starts 0, 16, 32 and 48 of 80 samples
        Assert.Equal(["SLOW", "FAST"], data.Test.ClassNames);
        Assert.Equal(0.003, data.Train.Channels[0].Scale);
        Assert.Equal((short)100, data.Train.Samples[0]); // 300 steps of a third of the common scale
    }

    [Fact]
    public void A_configuration_that_does_not_say_how_to_cut_is_refused() => Assert.Contains("data.recordings", Refusal(Samples.Config));

    [Fact]
    public void A_split_that_leaves_nothing_is_refused() => Assert.Contains("data.recordings.testSubjects", Refusal(ConfigOf("load_9")));

    private string Refusal(TrainingConfig config)
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingData.Load(config, _folder, validate: false));
        Assert.Equal(ConfigError.Mismatch, fault.Error);
        return fault.Message;
    }

    private static TrainingConfig ConfigOf(string testSubject) => Samples.Config with
    {
        Data = new DataOptions
        {
            Credit = "Made up.",
            Recordings = new RecordingDataOptions { WindowSamples = Samples.WindowSamples, TestSubjects = [testSubject] },
        },
    };

    private void WriteSet()
    {
        short[] values = Enumerable.Repeat((short)300, 3 * 80 * 3).ToArray();
        string signal = Path.Combine(_folder, "signal.gz");
        using (var gzip = new GZipStream(File.Create(signal), CompressionLevel.Fastest))
        {
            gzip.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        File.WriteAllText(Path.Combine(_folder, "header.json"), JsonSerializer.Serialize(new
        {
            name = "made up",
            dtype = "int16",
            sampling_rate_hz = 25,
            channels = new[] { "ax", "ay", "az" }.Select(name => new { name, unit = "g", scale = "per recording" }),
            labels = new[] { "SLOW", "FAST" },
            recordings = Enumerable.Range(0, 3).Select(i =>
                new { label = i % 2, load_hp = i, offset_samples = i * 80, samples = 80, scale = 0.001 * (i + 1) }),
            files = new
            {
                signal = new
                {
                    file = "signal.gz",
                    bytes_raw = values.Length * sizeof(short),
                    sha256_gz = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(signal))),
                },
            },
        }));
    }
}
