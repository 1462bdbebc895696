using CsCheck;

namespace NanoFormer.Data.Tests;

/// <summary>Random recordings of one set, and what it means for two sets to be the same.</summary>
internal static class RandomRecordings
{
    private static readonly string[] Classes = ["RUN", "REST", "with, comma", "unused"];

    /// <summary>
    /// One to five recordings of two channels whose scales are powers of two; the values use more than half of int16, so that the finest
    /// power of two in which they fit is the one they have.
    /// </summary>
    public static Gen<Recording[]> Sets { get; } =
        from lengths in Gen.Int[1, 40].Array[1, 5]
        from seed in Gen.Int
        from labelled in Gen.Bool
        select Make(lengths, new Random(seed), labelled);

    public static void AssertEqual(IReadOnlyList<Recording> expected, IReadOnlyList<Recording> actual, bool names = true)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (a, b) in expected.Zip(actual))
        {
            Assert.Equal(names ? (a.Name, a.SourceOrName) : default, names ? (b.Name, b.SourceOrName) : default);
            Assert.Equal((a.Subject, a.Split, a.RateHz), (b.Subject, b.Split, b.RateHz));
            Assert.Equal(a.Channels, b.Channels);
            Assert.Equal(a.Samples, b.Samples);
            Assert.Equal(LabelNames(a), LabelNames(b));
        }
    }

    private static IEnumerable<string> LabelNames(Recording recording) => Enumerable.Range(0, recording.SampleCount)
        .Select(i => recording.Labels is { } labels && labels[i] >= 0 ? recording.ClassNames[labels[i]] : "");

    private static Recording[] Make(int[] lengths, Random random, bool labelled)
    {
        short[] full = new[] { short.MaxValue, (short)-20000 };
        return [.. lengths.Select((length, i) => new Recording
        {
            Name = $"source-{i / 2}#{(i % 2) + 1}",
            Source = $"source-{i / 2}",
            Subject = $"subject {i / 2}",
            Split = (i / 2) % 2 == 0 ? "train" : "test",
            RateHz = 62.5,
            Channels = [new ChannelInfo("acc", "g", 1.0 / 8192), new ChannelInfo("gyro", "rad/s", 0.25)],
            Samples = [.. full, .. Enumerable.Range(0, (length - 1) * 2).Select(_ => (short)random.Next(-32767, 32768))],
            Labels = labelled ? [.. Enumerable.Range(0, length).Select(_ => random.Next(-1, 3))] : null,
            ClassNames = Classes,
        })];
    }
}
