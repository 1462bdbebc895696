using NanoFormer.Board;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Sensors;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Demo;

/// <summary>The main job, once: a recording moves the simulated sensor, the firmware runs, log lines leave the serial port.</summary>
internal static class DemoRun
{
    /// <summary>Ten minutes on a real device; short enough here that a replay of some minutes shows it at work.</summary>
    private const int TimerWakeMilliseconds = 60_000;

    /// <summary>Replays what the options name; every log line goes to <paramref name="show"/> as it arrives.</summary>
    public static DemoResult Execute(DemoOptions options, Action<string> show)
    {
        var model = ModelFile.Load(options.ModelPath);
        var motion = DemoMotion.Open(options);
        using var board = new SimulatedBoard(motion, new SimulatedBoardOptions
        {
            BoardId = (EngineFactory.Emulated(options.Core) ?? CoreTarget.CortexM4).Name,
            Faults = DemoFaults.Plan(options, motion.DurationSeconds),
        });
        using var engine = new WatchedEngine(EngineFactory.Open(options.Core, model.Image), Witness(options.Core, model.Image), board);
        var transcript = new SerialTranscript(board.Serial, show);

        var power = new BoardPower(board, (long)(motion.DurationSeconds * 1e6));
        var accepted = RunFirmware(board, power, engine, motion);

        board.Serial.Flush();
        return accepted
            ? new DemoResult(options, model, motion, board, power, engine, transcript)
            : throw new CommandFailure("MODEL_REFUSED", "The firmware does not work with this model; its log says why.");
    }

    /// <summary>An engine of other origin: the C library beside an emulated core, the C# executor beside the C library.</summary>
    private static ITransformerEngine? Witness(string core, byte[] image) => core switch
    {
        EngineFactory.Reference => null,
        EngineFactory.Host => new ReferenceEngine(image),
        _ => new HostEngine(image),
    };

    private static bool RunFirmware(SimulatedBoard board, BoardPower power, WatchedEngine engine, IMotionSource motion)
    {
        var end = (long)(motion.DurationSeconds * 1e6);
        using var device = board.Bus.CreateDevice(SimulatedBoard.SensorAddress);
        var transformer = new Transformer(engine);
        board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        var application = new WearableApplication(
            new I2cRegisterBus(device),
            new BoardClock(board),
            power,
            new SerialLineWriter(board.Serial),
            transformer,
            new WearableSettings { ResetCause = "power_on", TimerWakeMilliseconds = TimerWakeMilliseconds });
        board.Clock.Schedule(end, application.Stop);
        return application.Run(maxWakes: 0);
    }
}
