using System.IO.Compression;

namespace NanoFormer.Interchange.Tests.Onnx;

/// <summary>
/// Encoders that PyTorch exported (<c>Encoders/export_encoders.py</c>: fronts, norms, heads, activations, masks and ends, by several
/// versions and exporters). What is imported computes what ONNX Runtime makes of the file, at usual and at great inputs; what is not is
/// refused with the true reason.
/// </summary>
public sealed class EncoderConformanceTests
{
    private const double Tolerance = 1e-5;

    /// <summary>Parts of the names of files that are refused, and of what the refusal says.</summary>
    private static readonly (string Name, string Reason)[] Refused = [];

    public static TheoryData<string> Names => [.. Files().Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_encoder_is_computed_as_its_file_says_or_refused(string name)
    {
        byte[] file = Files().Single(entry => entry.Name == name).Read();
        if (Refused.FirstOrDefault(refused => name.Contains(refused.Name, StringComparison.Ordinal)).Reason is { } reason)
        {
            var fault = Assert.Throws<InterchangeException>(() => OnnxImporter.Import(file, name));
            Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
            return;
        }

        RequireSame(OnnxImporter.Import(file, name), file, isChannelsFirst: name.Contains("-first-", StringComparison.Ordinal));
    }

    [Fact]
    public void Nearly_all_are_imported()
    {
        Assert.Equal(64, Files().Count);
        Assert.InRange(Files().Count(file => !Refused.Any(refused => file.Name.Contains(refused.Name, StringComparison.Ordinal))), 60, 64);
    }

    /// <summary>The network computes what ONNX Runtime makes of a file, at inputs of three sizes.</summary>
    internal static void RequireSame(FloatNetwork network, byte[] file, bool isChannelsFirst = false, double tolerance = Tolerance)
    {
        using var session = new OnnxSession(file);
        var random = new Random(1);
        (int rows, int columns) = (network.Input.Rows, network.Input.Columns);
        foreach (int scale in new[] { 1, 5, 20 })
        {
            float[] window = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(scale * (2 * random.NextDouble() - 1)))];
            float[] expected = isChannelsFirst
                ? session.Run(new Reordering([rows, columns], [1, 0]).Apply(window), 1, columns, rows)
                : session.Run(window, 1, rows, columns);
            float[] actual = FloatEvaluator.Run(network, window);
            double size = Math.Max(1, expected.Max(Math.Abs));
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(actual.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / size, 0, tolerance));
        }
    }

    private static List<(string Name, Func<byte[]> Read)> Files()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Onnx", "Encoders", "encoders.zip");
        using var archive = ZipFile.OpenRead(path);
        string[] names = [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
        return [.. names.Select(name => (name, (Func<byte[]>)(() => Bytes(path, name))))];
    }

    private static byte[] Bytes(string path, string name)
    {
        using var archive = ZipFile.OpenRead(path);
        using var stream = archive.GetEntry(name)!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
