using System.Text.Json;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Commands;

public sealed class DemoCollectTests
{
    [Theory]
    [InlineData("none", 0)]
    [InlineData("model-blobs/wearable-har", 0)]
    [InlineData("model-blobs/wearable-har", 1, "--fault", "overflow")]
    public void What_the_device_collects_becomes_a_data_set(string model, int gaps, params string[] fault)
    {
        using var folder = new TemporaryFolder();
        string log = folder.PathOf("device.log");
        var run = CommandLine.Succeed(
        [
            "demo", "--core", "reference", "--model", model, "--collect", log, "--label", "WALK", "--subject", "ada",
            "--json", folder.PathOf("demo.json"), .. fault,
        ]);
        var collected = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(folder.PathOf("demo.json")));
        var report = CommandLine.Succeed("data", "import", log, "--out", folder.PathOf("out"), "--json").Json;
        var summary = report.GetProperty("summary");

        Assert.Equal(gaps, collected.GetProperty("gaps").GetInt32());
        Assert.InRange(collected.GetProperty("recordings").GetInt32(), 3, 20);
        Assert.InRange(collected.GetProperty("port_share").GetDouble(), 0.13, 0.16);
        Assert.Equal(collected.GetProperty("recordings").GetInt32(), summary.GetProperty("items").GetInt32());
        Assert.Equal(collected.GetProperty("samples").GetInt64(), summary.GetProperty("samples").GetInt64());
        Assert.Equal(50, summary.GetProperty("rate_hz").GetDouble());
        Assert.Equal(new FileInfo(log).Length, collected.GetProperty("bytes").GetInt64());
        LogLine[] shown = [.. run.Lines.Select(LogLine.Parse).OfType<LogLine>()];
        Assert.Contains(shown, record => record.Kind == "collect");
        Assert.DoesNotContain(shown, record => record.Kind is "samples" or "infer");
    }

    [Fact]
    public void A_label_without_samples_to_collect_is_refused() =>
        CommandLine.Run("demo", "--core", "reference", "--label", "WALK").AssertRefused("BAD_OPTION");
}
