using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Demo;

/// <summary>The main job, once: a recording moves the simulated sensor, the firmware runs, log lines leave the serial port.</summary>
internal static class DemoRun
{
    /// <summary>Replays what the options name; every log line goes to <paramref name="show"/> as it arrives.</summary>
    public static DemoResult Execute(DemoOptions options, Action<string> show)
    {
        var result = Once(options, show);
        return options.Faults.Count == 0 ? result : result.Beside(Once(Undisturbed(options), show: _ => { }));
    }

    private static DemoOptions Undisturbed(DemoOptions options) => options with
    {
        Faults = [],
        Board = DemoFaults.Esp32(options) is null ? null : DemoDevice.Esp32Board,
        SerialPath = null,
        TracePath = null,
    };

    private static DemoResult Once(DemoOptions options, Action<string> show)
    {
        var model = ModelFile.Load(options.ModelPath);
        var motion = DemoMotion.Open(options);
        using var board = DemoDevice.Board(options, motion);
        using var engine = new WatchedEngine(EngineFactory.Open(options.Core, model.Image), Witness(options.Core, model.Image), board);
        var transcript = new SerialTranscript(board.Serial, show);
        using var cable = options.SerialPath is { } path ? new SerialCable(board, path, options.Speed) : null;

        using var trace = options.TracePath is { } tracePath ? new BoardTrace(board, tracePath) : null;
        var power = new BoardPower(board, DemoDevice.EndOf(motion));
        var settings = new WearableSettings { DeviceId = options.DeviceId };
        return DemoDevice.Run(board, power, options.Core, new Transformer(engine), motion, settings, trace)
            ? new DemoResult(options, model, motion, board, power, engine, transcript) { Phases = trace?.Truth }
            : throw new CommandFailure("MODEL_REFUSED", "The firmware does not work with this model; its log says why.");
    }

    /// <summary>An engine of other origin: the C library beside an emulated core, the C# executor beside the C library.</summary>
    private static ITransformerEngine? Witness(string core, byte[] image) => core switch
    {
        EngineFactory.Reference => null,
        EngineFactory.Host => new ReferenceEngine(image),
        _ => new HostEngine(image),
    };
}
