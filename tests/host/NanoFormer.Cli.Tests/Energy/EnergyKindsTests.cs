using System.Text.Json;
using NanoFormer.Cli.Energy;
using NanoFormer.Cli.Tests.Commands;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary>Estimates and measurements never mix, wherever the product shows an energy.</summary>
public sealed class EnergyKindsTests
{
    public static TheoryData<string> Models => [.. ShippedModelsTests.Models.Select(row => row.Data.Item1)];

    [Fact]
    public void Of_an_evaluation()
    {
        using var windows = WindowFolder.OfWearer();
        string page = windows.PathOf("page.html");
        string[] words = ["evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", "reference"];

        Assert.True(EnergyKinds.Check(CommandLine.Succeed([.. words, "--json"]).Json) >= 3);
        Assert.True(EnergyKinds.Check(CommandLine.Succeed([.. words, "--html", page]).Lines) >= 3);
        Assert.True(EnergyKinds.Check(File.ReadLines(page)) >= 1);
    }

    [Theory, MemberData(nameof(Models))]
    public void Of_a_card(string model)
    {
        string folder = Path.Combine(Repository.Root, "model-blobs", model);

        Assert.True(EnergyKinds.Check(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "model-card.json")))) >= 2);
        Assert.True(EnergyKinds.Check(File.ReadLines(Path.Combine(folder, "README.md"))) >= 1);
    }

    [Fact]
    public void Of_a_log()
    {
        string log = Path.Combine(Repository.Root, "tests", "host", "NanoFormer.Monitor.Tests", "Cases", "plain.log");

        // Not Succeed: the log was written by an older image than the one that is shipped now, and monitor says so.
        Assert.True(EnergyKinds.Check(CommandLine.Run("monitor", log, "--json").Json.GetProperty("devices")) >= 2);
        Assert.True(EnergyKinds.Check(CommandLine.Run("monitor", log, "--plain").Lines) >= 1);
    }

    [Theory]
    [InlineData("NanoFormer on a board")]
    [InlineData("NanoFormer on an emulated cortex-m4")]
    public void Of_a_device(string device)
    {
        var result = new DeviceResult(device, "firmware", "model") { Runs = [new NanoFormer.Energy.Mlperf.BenchmarkRun(100, 12, 0.5)] };

        Assert.Equal(3, EnergyKinds.Check(JsonSerializer.SerializeToElement(result.Json())));
        Assert.Equal(3, EnergyKinds.Check(result.Lines()));
    }

    [Fact]
    public void A_figure_that_does_not_say_it_is_noticed()
    {
        Assert.ThrowsAny<Exception>(() => EnergyKinds.Check(JsonSerializer.Deserialize<JsonElement>("""{"battery_days": 3}""")));
        Assert.ThrowsAny<Exception>(() => EnergyKinds.Check(["3 uJ"]));
    }
}
