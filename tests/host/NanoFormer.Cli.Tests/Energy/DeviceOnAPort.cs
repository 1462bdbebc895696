using System.Diagnostics;
using System.Text.Json;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary>A <c>dut</c> in a process of its own, as users start it.</summary>
internal sealed class DeviceOnAPort : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    public DeviceOnAPort(TemporaryFolder folder, string model, string core, string? instrument = null)
    {
        Port = folder.PathOf("dut");
        InstrumentPort = folder.PathOf("instrument");
        string[] supply = instrument is null ? [] : ["--instrument", instrument, "--instrument-serial", InstrumentPort];
        _process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "nanoformer.dll"), .. EnergyReadme.Command("dut", ("model-blobs/wearable-har", model), ("cortex-m4", core), ("build/dut-port", Port)), .. supply, "--json"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.BeginErrorReadLine();
        var line = _process.StandardOutput.ReadLineAsync();
        Assert.True(line.Wait(StartTime) && line.Result is not null, "dut did not start");
        Waits = JsonSerializer.Deserialize<JsonElement>(line.Result!);
    }

    /// <summary>The first line: where the device waits.</summary>
    public JsonElement Waits { get; }

    public string Port { get; }

    public string InstrumentPort { get; }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
