using NanoFormer.Board;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Files;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Demo;

/// <summary>The device in collect mode, once: a recording moves the simulated sensor, what leaves the serial port becomes a file.</summary>
internal static class CollectRun
{
    private const string SamplesKind = "samples";

    /// <summary>Replays what the options name; every log line without samples goes to <paramref name="show"/> as it arrives.</summary>
    public static CollectResult Execute(DemoOptions options, Action<string> show)
    {
        var motion = DemoMotion.Open(options);
        using var transformer = Model(options);
        using var board = DemoDevice.Board(options, motion);
        CollectResult? result = null;
        AtomicFile.Write(options.CollectPath!, file => result = Run(options, motion, board, transformer, file, show));
        return result!;
    }

    private static CollectResult Run(
        DemoOptions options, IMotionSource motion, SimulatedBoard board, Transformer? transformer, Stream file, Action<string> show)
    {
        board.Serial.ByteReceived += file.WriteByte;
        var transcript = new SerialTranscript(board.Serial, line => ShowUnlessSamples(line, show));
        using var cable = options.SerialPath is { } path ? new SerialCable(board, path, options.Speed) : null;
        var settings = new WearableSettings
        {
            DeviceId = options.DeviceId,
            Collect = new CollectSettings { Label = options.Label ?? "", Subject = options.Subject ?? "" },
        };

        var power = new BoardPower(board, DemoDevice.EndOf(motion));
        return DemoDevice.Run(board, power, options.Core, transformer, motion, settings)
            ? new CollectResult(options, motion, transcript, file.Length, board.Serial.BaudRate)
            : throw new CommandFailure("MODEL_REFUSED", "The firmware cannot collect for this model; its log says why.");
    }

    // The model is asked for its input and never run, so that any engine will do.
    private static Transformer? Model(DemoOptions options) => options.ModelPath == DemoOptions.NoModel
        ? null
        : new Transformer(EngineFactory.Open(EngineFactory.Reference, ModelFile.Load(options.ModelPath).Image));

    private static void ShowUnlessSamples(string line, Action<string> show)
    {
        if (LogLine.Parse(line)?.Kind != SamplesKind)
        {
            show(line);
        }
    }
}
