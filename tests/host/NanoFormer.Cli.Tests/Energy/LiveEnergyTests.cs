using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Energy.Live.Simulation;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary><c>energy --live</c> from the command line against simulated instruments, which measure work of known power in real time.</summary>
[Collection("pseudo-terminals")]
public sealed class LiveEnergyTests : IDisposable
{
    private const double Volts = 1.8;
    private const double RunWatts = 24e-3;
    private const double IdleWatts = 30e-6;
    private const double RunSeconds = 0.4;

    private readonly TemporaryFolder _folder = new();
    private readonly Pty _pty = OperatingSystem.IsWindows() ? null! : new Pty();

    public void Dispose()
    {
        _pty?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ppk2", "csv")]
    [InlineData("lpm01a", "txt")]
    public void Work_between_edges_is_recorded_and_measured(string kind, string ending)
    {
        using var instrument = SimulatedInstrument.Of(kind, _pty);

        var run = Live(kind, ending, 4, () => Work(instrument, () => { }));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("measurement", run.Json.GetProperty("kind").GetString());
        // Half of a run at full power, half at a quarter; ranges of a PPK2 switch in between.
        Assert.InRange(run.Json.GetProperty("energy_uj_per_inference_with_idle").GetDouble() / (RunWatts * RunSeconds * 0.625 * 1e6), 0.99, 1.01);
        Assert.True(instrument is not SimulatedPpk2 ppk2 || ppk2.RangeChanges >= 4, "the ranges switch");
    }

    [Fact]
    public void Samples_and_bytes_that_a_ppk2_loses_are_told_and_the_rest_is_measured()
    {
        using var instrument = new SimulatedPpk2(_pty);
        int edges = 0;

        var run = Live("ppk2", "csv", 6, () => Work(instrument, () =>
        {
            if (edges++ == 0)
            {
                instrument.LoseSamples(17);
            }
            else if (edges == 2)
            {
                instrument.LoseBytes(6);
            }
        }));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("lost_samples: 17 samples were lost", run.Errors, StringComparison.Ordinal);
        Assert.True(run.Errors.Split("lost_samples").Length >= 3, $"the bytes too: {run.Errors}");
        Assert.InRange(run.Json.GetProperty("energy_uj_per_inference_with_idle").GetDouble() / (RunWatts * RunSeconds * 0.625 * 1e6), 0.99, 1.01);
    }

    [Theory]
    [InlineData("ppk2", "csv")]
    [InlineData("lpm01a", "txt")]
    public void An_instrument_that_is_unplugged_is_named_and_its_recording_kept(string kind, string ending)
    {
        using var instrument = SimulatedInstrument.Of(kind, _pty);
        int edges = 0;

        var run = Live(kind, ending, 30, () => Work(instrument, () =>
        {
            if (++edges == 3)
            {
                instrument.Dispose();
            }
        }));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: UNPLUGGED: ", run.Errors, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(_folder.PathOf($"trace.{ending}")).Length, 1000, long.MaxValue);
    }

    [Fact]
    public void Nobody_at_the_port_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        CommandLine.Run("energy", _folder.PathOf("trace.csv"), "--live", _pty.Name, "--instrument", "ppk2", "--voltage", "1.8").AssertRefused("NO_ANSWER");
        CommandLine.Run("energy", _folder.PathOf("trace.csv"), "--live", _pty.Name, "--voltage", "1.8").AssertRefused("BAD_OPTION");
    }

    private CommandLine Live(string kind, string ending, int seconds, Action work)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The instrument is unplugged, or the test over.
            }
        })
        { IsBackground = true }.Start();
        return CommandLine.Run("energy", _folder.PathOf($"trace.{ending}"), "--live", _pty.Name, "--instrument", kind, "--voltage", "1.8",
            "--seconds", $"{seconds}", "--marker", "D0", "--edges", "falling", "--json");
    }

    /// <summary>Runs between edges, one after the other, in real time.</summary>
    private static void Work(SimulatedInstrument instrument, Action each)
    {
        while (!instrument.IsRunning)
        {
            Thread.Sleep(10);
        }

        Assert.Equal(Volts, instrument.Volts, 6);
        instrument.Pass(0.1, IdleWatts);
        while (true)
        {
            instrument.Edge();
            instrument.Pass(RunSeconds / 2, RunWatts);
            each();
            instrument.Pass(RunSeconds / 2, RunWatts / 4);
            Thread.Sleep((int)(RunSeconds * 1000));
        }
    }
}
