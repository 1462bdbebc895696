using NanoFormer.Energy.Live;
using NanoFormer.Energy.Live.Simulation;
using NanoFormer.Energy.Mlperf;
using NanoFormer.Energy.Traces;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Tests;

/// <summary>Live sources against simulated instruments that speak the real bytes; what the simulated device takes is known.</summary>
[Collection("pseudo-terminals")]
public sealed class LiveSourceTests : IDisposable
{
    private const double Volts = 1.8;
    private const double IdleWatts = 20e-6;
    private const double RunWatts = 24e-3;
    private const double InferenceSeconds = 2.5e-3;

    private readonly Pty _pty = new();
    private readonly string _path = Path.GetTempFileName();

    public void Dispose()
    {
        _pty.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData("ppk2", 200)]
    [InlineData("lpm01a", 2000)] // 10 s as the rules ask: its samples last 1 ms
    public void An_injected_energy_is_measured_within_a_thousandth(string kind, int inferences)
    {
        using var instrument = SimulatedInstrument.Of(kind, _pty);
        double truth = 0;
        int marker = Recorded(kind, instrument, () => truth = Work(instrument, inferences));

        var run = BenchmarkRunner.RunOf(_path, inferences, Volts, marker);

        Assert.Equal(Volts, instrument.Volts, 6);
        Assert.Equal(RunWatts * InferenceSeconds * inferences * 1.25, truth, 9);
        Assert.InRange(run.Joules!.Value / truth, 0.999, 1.001);
        Assert.InRange(run.Seconds / (inferences * InferenceSeconds * 2), 0.999, 1.001);
        Assert.True(instrument is not SimulatedPpk2 ppk2 || ppk2.RangeChanges > inferences, "the ranges switch");
    }

    [Fact]
    public void Samples_that_a_ppk2_lost_are_counted_and_the_run_is_refused()
    {
        using var instrument = new SimulatedPpk2(_pty);
        IReadOnlyList<TraceFinding> findings = [];
        int marker = Recorded("ppk2", instrument, () =>
        {
            instrument.Edge();
            instrument.Pass(0.1, RunWatts);
            instrument.LoseSamples(17);
            instrument.Pass(0.1, RunWatts);
            instrument.Edge();
        }, found => findings = found);

        Assert.Contains("17 samples", Assert.Single(findings, finding => finding.Name == "lost_samples").Text, StringComparison.Ordinal);
        Assert.Equal(BenchmarkError.LostEdge, Assert.Throws<BenchmarkException>(() => BenchmarkRunner.RunOf(_path, 1, Volts, marker)).Error);
    }

    [Fact]
    public void An_event_that_an_lpm01a_lost_makes_no_result()
    {
        using var instrument = new SimulatedLpm01a(_pty);
        int marker = Recorded("lpm01a", instrument, () =>
        {
            instrument.Edge();
            instrument.Pass(0.1, RunWatts);
            instrument.LosesAnEvent = true;
            instrument.Edge();
            instrument.Pass(0.1, IdleWatts);
            instrument.Edge();
        });

        Assert.Equal(BenchmarkError.LostEdge, Assert.Throws<BenchmarkException>(() => BenchmarkRunner.RunOf(_path, 1, Volts, marker)).Error);
    }

    [Theory]
    [InlineData("ppk2")]
    [InlineData("lpm01a")]
    public void What_came_before_an_unplugging_is_on_the_disk(string kind)
    {
        using var instrument = SimulatedInstrument.Of(kind, _pty);

        var exception = Assert.Throws<EnergyException>(() => Recorded(kind, instrument, () =>
        {
            instrument.Pass(0.5, RunWatts);
            Thread.Sleep(500);
            instrument.Dispose();
        }));

        Assert.Equal(EnergyError.Unplugged, exception.Error);
        Assert.InRange(File.ReadLines(_path).Count(), kind == "ppk2" ? 40_000 : 400, 10_000_000);
    }

    [Theory]
    [InlineData("ppk2")]
    [InlineData("lpm01a")]
    public void An_instrument_that_does_not_answer_is_named(string kind) =>
        Assert.Equal(EnergyError.NoAnswer, Assert.Throws<EnergyException>(() => LiveSource.Open(kind, _pty.Name, Volts)).Error);

    /// <summary>Warm-up, edge, inferences with a pause as long as each of a quarter of the power, edge; the energy between the edges.</summary>
    private static double Work(SimulatedInstrument instrument, int inferences)
    {
        instrument.Pass(0.1, RunWatts);
        instrument.Edge();
        for (int i = 0; i < inferences; i++)
        {
            instrument.Pass(InferenceSeconds, RunWatts);
            instrument.Pass(InferenceSeconds, RunWatts / 4);
        }

        double truth = instrument.JoulesSinceEdge;
        instrument.Edge();
        return truth;
    }

    private int Recorded(string kind, SimulatedInstrument instrument, Action work, Action<IReadOnlyList<TraceFinding>>? found = null)
    {
        using var source = LiveSource.Open(kind, _pty.Name, Volts);
        using var stop = new CancellationTokenSource();
        using var hasBegun = new ManualResetEventSlim();
        instrument.Rest(IdleWatts);
        var recording = Task.Run(() => source.Record(_path, stop.Token, seconds => hasBegun.Set()));
        hasBegun.Wait(10_000);
        instrument.Work();
        work();
        instrument.Rest(IdleWatts);
        Thread.Sleep(300);
        stop.Cancel();
        var findings = recording.GetAwaiter().GetResult();
        found?.Invoke(findings);
        return source.Marker;
    }
}
