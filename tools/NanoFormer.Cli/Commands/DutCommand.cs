using System.CommandLine;
using System.Text;
using NanoFormer.Cli.Energy;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Energy.Live;
using NanoFormer.Energy.Live.Simulation;
using NanoFormer.Energy.Mlperf;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Commands;

/// <summary><c>dut</c>: a device under test for MLPerf Tiny's runner, on a pseudo-terminal.</summary>
internal static class DutCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Image, or folder of a shipped model.", Required = true };
        var core = EngineFactory.Option(CoreTarget.CortexM4.Name);
        var serial = new Option<string?>("--serial") { Description = "A name for the pseudo-terminal, such as build/dut-port." };
        var instrument = new Option<string?>("--instrument") { Description = "Energy mode: a simulated instrument that measures the device, on a pseudo-terminal of its own." };
        instrument.AcceptOnlyFromAmong([.. LiveSource.Kinds]);
        var instrumentSerial = new Option<string?>("--instrument-serial") { Description = "A name for that pseudo-terminal." };
        var command = new Command("dut", "Offer a device under test for MLPerf Tiny's runner on a pseudo-terminal: performance and accuracy mode, or energy mode.")
        {
            model, core, serial, instrument, instrumentSerial,
        };
        command.SetAction(parse => Run(parse.GetRequiredValue(model), parse.GetRequiredValue(core), parse.GetValue(serial), parse.GetValue(instrument), parse.GetValue(instrumentSerial)));
        return command;
    }

    private static int Run(string modelPath, string core, string? link, string? instrument, string? instrumentLink)
    {
        using var engine = EngineFactory.Open(core, ModelFile.Load(modelPath).Image);
        using var pty = Open(link);
        using var supply = instrument is null ? null : Open(instrumentLink);
        string name = $"{DeviceUnderTest.Vendor} on {(engine is EmulatedCore ? "an emulated " : "")}{core}{(supply is null ? "" : " with a simulated instrument")}";
        Console.Error.WriteLine($"{engine.Info.ModelId} on {core} waits for the runner at {link ?? pty.Name}; its times are {(engine is EmulatedCore ? "estimates by counted instructions" : "this machine's")}. Ctrl+C ends it.");
        var model = new EngineUnderTest(engine);
        void Write(string text) => pty.Write(Encoding.ASCII.GetBytes(text));
        if (supply is null)
        {
            var device = new DeviceUnderTest(model, Write, name);
            device.Boot();
            Serve(pty, device.Take);
            return 0;
        }

        using var simulated = SimulatedInstrument.Of(instrument!, supply);
        Console.Error.WriteLine($"a simulated {instrument} waits at {instrumentLink ?? supply.Name}; its powers are estimates.");
        var powered = new PoweredModel(model, simulated, core);
        var measured = new DeviceUnderTest(powered, Write, name, simulated.Edge);
        measured.Boot();
        powered.Rest();
        Serve(pty, bytes =>
        {
            simulated.Work();
            measured.Take(bytes);
            powered.Rest();
        });
        return 0;
    }

    private static void Serve(Pty pty, Action<ReadOnlySpan<byte>> take)
    {
        byte[] buffer = new byte[256];
        while (pty.Read(buffer) is > 0 and var count)
        {
            take(buffer.AsSpan(0, count));
        }
    }

    private static Pty Open(string? link)
    {
        try
        {
            return new Pty(link);
        }
        catch (PlatformNotSupportedException exception)
        {
            throw new CommandFailure("NO_PTY", exception.Message);
        }
    }
}
