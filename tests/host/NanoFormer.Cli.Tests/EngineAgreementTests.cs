using NanoFormer.Cli.Tests.Images;
using NanoFormer.Corpus;
using NanoFormer.Data;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Cli.Tests;

/// <summary>The C library through P/Invoke against the C# executor: the same bytes, always.</summary>
public class EngineAgreementTests
{
    // Far from the seeds of tests/corpus, whose graphs the native tests run.
    private const int FirstSeed = 1_000_000;
    private const int Graphs = 400;
    private const int WindowsOfGraph = 2;
    private const int RecordedWindows = 300;

    [Fact]
    public void A_core_that_is_none_is_refused() =>
        Assert.Throws<ArgumentException>(() => Engines.EngineFactory.Open("cortex-m99", []));

    [Fact]
    public void Engines_agree_on_random_graphs_of_every_operator()
    {
        Native.RequireHost();
        var kinds = new HashSet<OperatorKind>();
        for (int seed = FirstSeed; seed < FirstSeed + Graphs; seed++)
        {
            var graph = RandomGraph.Create(seed);
            kinds.UnionWith(graph.Operators.Select(step => step.Kind));
            var random = new Random(seed);
            AssertAgree(
                ImageWriter.Write(graph),
                Enumerable.Range(0, WindowsOfGraph).Select(_ => RandomWindow.Create(graph.Window, random)),
                $"graph {seed}");
        }

        Assert.Equal(Enum.GetValues<OperatorKind>().ToHashSet(), kinds);
    }

    [Fact]
    public void Engines_agree_on_the_shipped_model_worn_by_a_synthetic_wearer()
    {
        Native.RequireHost();
        using var reference = ShippedModel.Reference();
        var windows = WearerWindows.Of(reference.Info, seed: 3);

        Assert.InRange(windows.Count, 200, 1000);
        AssertAgree(ShippedModel.Image, windows, "synthetic");
    }

    [Fact]
    public void Engines_agree_on_the_shipped_model_over_recorded_windows()
    {
        Native.RequireHost();
        var test = PackedDataset.Open(Repository.RequireDataset("uci_har")).ReadWindows("test");
        var spread = Enumerable.Range(0, RecordedWindows).Select(i => i * test.Count / RecordedWindows);
        AssertAgree(ShippedModel.Image, spread.Select(i => test.Window(i).ToArray()), "recorded");
    }

    [Fact]
    public void Engines_agree_on_the_shipped_model_over_arbitrary_numbers()
    {
        Native.RequireHost();
        var values = ShippedModel.Read().Graph.Window;
        var random = new Random(4);
        AssertAgree(ShippedModel.Image, Enumerable.Range(0, 100).Select(_ => RandomWindow.Create(values, random)), "arbitrary");
    }

    private static void AssertAgree(byte[] image, IEnumerable<short[]> windows, string what)
    {
        using var host = new HostEngine(image);
        using var reference = new ReferenceEngine(image);
        sbyte[] actual = new sbyte[host.Info.OutputCount];
        sbyte[] expected = new sbyte[reference.Info.OutputCount];
        foreach ((int i, short[] window) in windows.Index())
        {
            InputWindows.Run(host, window, actual);
            InputWindows.Run(reference, window, expected);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{what}, window {i}: {Text(expected)} by C#, {Text(actual)} by C");
        }
    }

    private static string Text(sbyte[] output) => string.Join(' ', output);
}
