using NanoFormer.Cli.Tests.Images;
using NanoFormer.Corpus;
using NanoFormer.Model;

namespace NanoFormer.Cli.Tests;

/// <summary>Two readers written from one page, by C and by C#, judge ten thousand damaged images alike.</summary>
public class DifferentialRefusalTests(ITestOutputHelper output)
{
    private const int Corruptions = 10_000;
    private const int RandomImages = 8;
    private const int MaxShown = 20;

    private static readonly string[] EveryError =
    [
        "TRUNCATED", "BAD_MAGIC", "UNSUPPORTED_VERSION", "BAD_CHECKSUM", "BAD_HEADER", "BAD_TENSOR", "BAD_OPERATOR",
        "UNSUPPORTED_OPERATOR", "BAD_PLAN", "BAD_TABLE",
    ];

    /// <summary>The shipped model in every second place, random graphs between.</summary>
    private static byte[] ImageOf(int seed) => seed % 2 == 0
        ? ShippedModel.Image
        : ImageWriter.Write(RandomGraph.Create(500 + seed / 2 % RandomImages));

    [Fact]
    public void Both_readers_give_the_same_verdict_and_the_same_bytes()
    {
        Native.RequireHost();
        byte[][] originals = [.. Enumerable.Range(0, 2 * RandomImages).Select(ImageOf)];
        var verdicts = new Dictionary<string, int>();
        var faults = new List<string>();
        for (int seed = 0; seed < Corruptions; seed++)
        {
            byte[] original = originals[seed % originals.Length];
            byte[] damaged = new ImageCorruption(original, new Random(seed)).Create(sealedAgain: seed / 2 % 2 == 0);
            string engine = Verdict.OfEngine(damaged);
            string reader = Verdict.OfReader(damaged);
            verdicts[engine] = verdicts.GetValueOrDefault(engine) + 1;
            if (!Verdict.Agree(engine, reader, original, damaged))
            {
                faults.Add($"seed {seed}: {engine} by C, {reader} by C#; changed: {Changes(original, damaged)}");
            }
            else if (engine == Verdict.Accepted && reader == Verdict.Accepted)
            {
                CompareOutputs(damaged, seed, faults);
            }
        }

        output.WriteLine(string.Join(", ", verdicts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(faults.Count == 0, $"{faults.Count} disagreements:\n{string.Join('\n', faults.Take(MaxShown))}");
        Assert.Superset(EveryError.ToHashSet(), verdicts.Keys.ToHashSet());
        Assert.InRange(verdicts[Verdict.Accepted], 500, Corruptions / 2);
    }

    private static void CompareOutputs(byte[] image, int seed, List<string> faults)
    {
        (string engine, string reference) = Verdict.Outputs(image, window => RandomWindow.Create(window, new Random(seed)));
        if (engine != reference)
        {
            faults.Add($"seed {seed}: {engine} by C, {reference} by C#");
        }
    }

    private static string Changes(byte[] original, byte[] damaged)
    {
        var bytes = Enumerable.Range(0, damaged.Length)
            .Where(i => original[i] != damaged[i])
            .Select(i => $"{i}: {original[i]:X2} -> {damaged[i]:X2}");
        return $"length {original.Length} -> {damaged.Length}, {string.Join(", ", bytes.Take(40))}";
    }
}
