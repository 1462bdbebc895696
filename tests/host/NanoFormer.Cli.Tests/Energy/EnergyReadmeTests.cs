using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Emulator;
using NanoFormer.Energy.Live.Simulation;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary>"Energy per inference in an afternoon" keeps its word: every command of the page works, with simulated instruments for real ones.</summary>
[Collection("pseudo-terminals")]
public sealed class EnergyReadmeTests : IDisposable
{
    private const string Recording = "recording.csv";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_the_example_and_the_simulated_board_to_the_page_that_one_hands_in()
    {
        Native.RequireCore(CoreTarget.CortexM4);
        File.Copy(Path.Combine(Repository.Root, "tools", "NanoFormer.Energy", "example.csv"), _folder.PathOf(Recording));
        double seconds = CommandLine.Succeed("energy", _folder.PathOf(Recording), "--voltage", "1.8", "--marker", "D0", "--json").Json.GetProperty("seconds").GetDouble();
        string[][] commands = [.. EnergyReadme.Commands("energy", "demo").Where(words => !words.Contains("--live") && !words.Contains("--calibrate") && !words.Contains("FILE"))];

        Assert.Equal(["energy", "energy", "demo", "energy"], commands.Select(words => words[0]));
        foreach (string[] words in commands)
        {
            // The recording of the page lasts a minute, the example less.
            var run = CommandLine.Succeed(words.Select((word, i) => i > 0 && words[i - 1] == "--duration" ? FormattableString.Invariant($"{seconds}") : Here(word)));
            Assert.True(EnergyKinds.Check(run.Lines) > 0);
        }

        string page = File.ReadAllText(_folder.PathOf("energy.html"));
        Assert.Contains("temperature=23 C", page, StringComparison.Ordinal);
        Assert.Contains("measured", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_estimate_of_a_card_stands_beside_the_measurement()
    {
        string[] words = ["energy", Path.Combine(Repository.Root, "tools", "NanoFormer.Energy", "example.csv"), "--voltage", "1.8", "--marker", "D0", "--estimate"];
        var cost = ShippedModel.Card().Costs.Single(cost => cost.Core == "cortex-m4");

        var run = CommandLine.Succeed([.. words, ShippedModel.Folder, "--board", "stm32l4r5", "--json"]);

        // 195.1 uA/MHz at 120 MHz and 1.8 V are 42.14 mW.
        Assert.InRange(run.Json.GetProperty("estimate_uj_per_inference").GetDouble() / (cost.Milliseconds!.Value * 195.1e-6 * 120 * 1.8 * 1000), 0.999, 1.001);
        CommandLine.Run([.. words, ShippedModel.Folder, "--board", "stm32h7a3"]).AssertRefused("BAD_OPTION");
        CommandLine.Run([.. words, "nothing"]).AssertRefused("NO_CARD");
        CommandLine.Run([.. words, "-1"]).AssertRefused("BAD_OPTION");
    }

    [Fact]
    public void Recording_and_measuring_in_one_step()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        using var pty = new Pty();
        using var instrument = new SimulatedPpk2(pty);
        string[] words = Assert.Single(EnergyReadme.Commands("energy"), words => words.Contains("--live"));
        new Thread(() => Blink(instrument)) { IsBackground = true }.Start();

        var run = CommandLine.Succeed(words.Select((word, i) => i > 0 && words[i - 1] == "--live" ? pty.Name : i > 0 && words[i - 1] == "--seconds" ? "3" : Here(word)));

        Assert.Contains("uJ (measured)", run.Output, StringComparison.Ordinal);
    }

    private string Here(string word) => word is Recording or "energy.html" ? _folder.PathOf(word)
        : word.StartsWith("build/", StringComparison.Ordinal) ? _folder.PathOf(word["build/".Length..]) : word;

    /// <summary>Work with the marker high, rest with it low, in real time.</summary>
    private static void Blink(SimulatedInstrument instrument)
    {
        try
        {
            while (true)
            {
                if (instrument.IsRunning)
                {
                    instrument.HoldsLow = false;
                    instrument.Pass(0.02, 20e-3);
                    instrument.HoldsLow = true;
                    instrument.Pass(0.02, 30e-6);
                }

                Thread.Sleep(30);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
