using System.Text.Json;
using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Emulator;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary>The simulated board's trace, read by <c>energy</c>: each phase's time and energy are those that the board booked.</summary>
public sealed class PhaseTests
{
    private const string Markers = "--marker D0 --phase managed=D1 --phase capture=D2";

    [Fact]
    public void Inference_managed_code_and_capture_are_told_apart()
    {
        Native.RequireCore(CoreTarget.CortexM4);
        using var folder = new TemporaryFolder();
        string trace = folder.PathOf("trace.csv");
        string summary = folder.PathOf("demo.json");

        var demo = CommandLine.Succeed("demo", "--trace", trace, "--json", summary);
        var energy = CommandLine.Succeed(["energy", trace, .. Markers.Split(' '), "--json"]);
        var words = CommandLine.Succeed(["energy", trace, .. Markers.Split(' ')]);

        var truth = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(summary));
        var expected = truth.GetProperty("phases").EnumerateArray().ToDictionary(phase => phase.GetProperty("phase").GetString()!);
        var found = energy.Json.GetProperty("phases").EnumerateArray().ToDictionary(phase => phase.GetProperty("phase").GetString()!);
        Assert.Equal(["inference", "managed", "capture", "idle"], found.Keys);
        Assert.Equal(expected.Keys, found.Keys);
        foreach (string phase in found.Keys)
        {
            foreach (string figure in new[] { "seconds", "energy_uj" })
            {
                Assert.True(expected[phase].GetProperty(figure).GetDouble() > 0, $"{phase} {figure}");
                Assert.InRange(found[phase].GetProperty(figure).GetDouble() / expected[phase].GetProperty(figure).GetDouble(), 0.98, 1.02);
            }
        }

        // The figure: the engine's own energy, and the sensor's share of the board beside it, above idle.
        int inferences = energy.Json.GetProperty("inferences").GetInt32();
        double perInference = expected["inference"].GetProperty("energy_uj").GetDouble() / inferences;
        Assert.InRange(energy.Json.GetProperty("energy_uj_per_inference_with_idle").GetDouble() / perInference, 0.98, 1.02);
        Assert.True(EnergyKinds.Check(truth) > 5);
        Assert.True(EnergyKinds.Check(energy.Json) > 10);
        Assert.True(EnergyKinds.Check(demo.Lines) >= 2);
        Assert.True(EnergyKinds.Check(words.Lines) >= 6);
    }

    [Theory]
    [InlineData("--phase", "managed")]
    [InlineData("--phase", "managed=X1")]
    [InlineData("--phase", "=D1")]
    public void A_phase_that_names_no_input_is_refused(string option, string value)
    {
        string example = Path.Combine(Repository.Root, "tools", "NanoFormer.Energy", "example.csv");
        CommandLine.Run("energy", example, "--voltage", "1.8", "--marker", "D0", option, value).AssertRefused("BAD_OPTION");
        CommandLine.Run("energy", example, "--voltage", "1.8", "--phase", "managed=D1").AssertRefused("BAD_OPTION");
    }
}
