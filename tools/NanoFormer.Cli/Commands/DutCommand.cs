using System.CommandLine;
using System.Text;
using NanoFormer.Cli.Energy;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
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
        var command = new Command("dut", "Offer a device under test for MLPerf Tiny's runner on a pseudo-terminal: performance and accuracy mode.") { model, core, serial };
        command.SetAction(parse => Run(parse.GetRequiredValue(model), parse.GetRequiredValue(core), parse.GetValue(serial)));
        return command;
    }

    private static int Run(string modelPath, string core, string? link)
    {
        using var engine = EngineFactory.Open(core, ModelFile.Load(modelPath).Image);
        using var pty = Open(link);
        Console.Error.WriteLine($"{engine.Info.ModelId} on {core} waits for the runner at {link ?? pty.Name}; its times are {(engine is EmulatedCore ? "estimates by counted instructions" : "this machine's")}. Ctrl+C ends it.");
        var device = new DeviceUnderTest(new EngineUnderTest(engine), text => pty.Write(Encoding.ASCII.GetBytes(text)));
        device.Boot();
        byte[] buffer = new byte[256];
        while (pty.Read(buffer) is > 0 and var count)
        {
            device.Take(buffer.AsSpan(0, count));
        }

        return 0;
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
