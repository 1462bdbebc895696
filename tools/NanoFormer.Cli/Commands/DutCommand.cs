using System.CommandLine;
using NanoFormer.Board;
using NanoFormer.Cli.Energy;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;
using NanoFormer.Energy.Live;
using NanoFormer.Energy.Live.Simulation;
using NanoFormer.Interop;
using NanoFormer.Mlperf;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Commands;

/// <summary><c>dut</c>: a device under test for MLPerf Tiny's runner, on a pseudo-terminal.</summary>
internal static class DutCommand
{
    private const int BufferBytes = 256;
    private const int PlainMegahertz = 100;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Image, or folder of a shipped model.", Required = true };
        var core = EngineFactory.Option(CoreTarget.CortexM4.Name);
        var serial = new Option<string?>("--serial") { Description = "A name for the pseudo-terminal, such as build/dut-port." };
        var instrument = new Option<string?>("--instrument") { Description = "Energy mode: a simulated instrument that measures the device, on a pseudo-terminal of its own." };
        instrument.AcceptOnlyFromAmong([.. LiveSource.Kinds]);
        var instrumentSerial = new Option<string?>("--instrument-serial") { Description = "A name for that pseudo-terminal." };
        var json = new Option<bool>("--json") { Description = "When the device waits, write where as a JSON object on one line." };
        var command = new Command("dut", "Offer a device under test for MLPerf Tiny's runner on a pseudo-terminal: performance and accuracy mode, or energy mode.")
        {
            model, core, serial, instrument, instrumentSerial, json,
        };
        command.SetAction(parse => Run(
            parse.GetRequiredValue(model), parse.GetRequiredValue(core), parse.GetValue(serial), parse.GetValue(instrument), parse.GetValue(instrumentSerial), parse.GetValue(json)));
        return command;
    }

    private static int Run(string modelPath, string core, string? link, string? instrument, string? instrumentLink, bool json)
    {
        byte[] image = ModelFile.Load(modelPath).Image;
        var target = EngineFactory.Emulated(core);
        using var pty = Open(link);
        using var supply = instrument is null ? null : Open(instrumentLink);
        using var simulated = supply is null ? null : SimulatedInstrument.Of(instrument!, supply);
        var watcher = simulated is null ? null : new DevicePower(simulated, PowerFigures.Shipped.Board(BoardOf(core)));
        string port = link ?? pty.Name;
        string? instrumentPort = supply is null ? null : instrumentLink ?? supply.Name;
        Console.Error.WriteLine($"{modelPath} on {core} waits for the runner at {port}; {ClockOf(target)}. Ctrl+C ends it.");
        if (instrumentPort is not null)
        {
            Console.Error.WriteLine($"a simulated {instrument} waits at {instrumentPort}; its powers are estimates.");
        }

        if (json)
        {
            JsonOutput.WriteLine(new { Port = port, Core = core, Clock = ClockOf(target), Instrument = instrument, InstrumentPort = instrumentPort });
        }

        if (target is null)
        {
            ServeHere(pty, core, image, watcher);
        }
        else
        {
            ServeEmulated(pty, target, image, watcher);
        }

        return 0;
    }

    /// <summary>The C device on an emulated core, its UART bridged to the pseudo-terminal.</summary>
    private static void ServeEmulated(Pty pty, CoreTarget target, byte[] image, DevicePower? watcher)
    {
        using var device = new EmulatedDevice(image, target, InstructionMicroseconds(target), watcher);
        new Thread(() =>
        {
            byte[] commands = new byte[BufferBytes];
            try
            {
                while (pty.Read(commands) is > 0 and var count)
                {
                    device.Write(commands.AsSpan(0, count));
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // One of the two ends is gone.
            }
        })
        { IsBackground = true }.Start();
        var line = new PtyBenchmarkPort(pty, watcher);
        byte[] answers = new byte[BufferBytes];
        while (device.Read(answers) is > 0 and var count)
        {
            line.Write(answers, count);
        }
    }

    /// <summary>The managed device, with an engine of this machine.</summary>
    private static void ServeHere(Pty pty, string core, byte[] image, DevicePower? watcher)
    {
        using var transformer = new Transformer(EngineFactory.Open(core, image));
        IBenchmarkModel model = new TransformerModel(transformer);
        string name = $"{DeviceUnderTest.Vendor} on {core}{(watcher is null ? "" : " with a simulated instrument")}";
        var device = new DeviceUnderTest(watcher is null ? model : new WatchedModel(model, watcher), new PtyBenchmarkPort(pty, watcher), name);
        device.Boot();
        watcher?.Rests();
        byte[] commands = new byte[BufferBytes];
        while (pty.Read(commands) is > 0 and var count)
        {
            watcher?.Works();
            device.Take(commands, count);
            watcher?.Rests();
        }
    }

    private static string ClockOf(CoreTarget? target) => target is null ? "its times are this machine's"
        : PowerFigures.Shipped.Boards.Any(board => board.Core == target.Name) ? "its times are estimates by counted instructions"
        : $"no board is known for this core: its times are those of {PlainMegahertz} million instructions per second";

    /// <summary>Microseconds of an instruction on the board that a core stands for.</summary>
    private static double InstructionMicroseconds(CoreTarget target) => PowerFigures.Shipped.Boards.Any(board => board.Core == target.Name)
        ? PowerFigures.Shipped.Board(target.Name).InstructionMicroseconds(1)
        : 1.0 / PlainMegahertz;

    /// <summary>The core whose board's power a simulated instrument measures.</summary>
    private static string BoardOf(string core) => PowerFigures.Shipped.Boards.Any(board => board.Core == core) ? core
        : EngineFactory.Emulated(core) is null ? CoreTarget.CortexM4.Name
        : throw new CommandFailure("NO_BOARD", $"no board's power is known for {core}: energy mode needs one of {string.Join(", ", PowerFigures.Shipped.Boards.Select(board => board.Core).Distinct())}.");

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
