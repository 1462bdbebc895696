using System.Device.I2c;
using NanoFormer.Board;
using NanoFormer.Cli.Engines;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Demo;

/// <summary>The wearable on a simulated board: built, worn through a recording, and switched off.</summary>
internal static class DemoDevice
{
    /// <summary>Ten minutes on a real device; short enough here that a replay of some minutes shows it at work.</summary>
    private const int TimerWakeMilliseconds = 60_000;

    /// <summary>The board whose sleeps are an ESP32's.</summary>
    public const string Esp32Board = "esp32";

    /// <summary>The board, with the named faults.</summary>
    /// <exception cref="CommandFailure">The recording ends before a fault is over.</exception>
    public static SimulatedBoard Board(DemoOptions options, IMotionSource motion) => new(motion, new SimulatedBoardOptions
    {
        BoardId = DemoFaults.Esp32(options) is null ? (EngineFactory.Emulated(options.Core) ?? CoreTarget.CortexM4).Name : Esp32Board,
        Esp32 = DemoFaults.Esp32(options),
        Part = options.Sensor,
        Sensor = options.Sensor == SensorPart.Lsm6dso ? global::NanoFormer.Board.Lsm6dso.Typical : new(),
        Faults = DemoFaults.Plan(options, motion.DurationSeconds),
    });

    /// <summary>The moment in microseconds at which a recording is over.</summary>
    public static long EndOf(IMotionSource motion) => (long)(motion.DurationSeconds * 1e6);

    /// <summary>Runs the firmware until recording and serial port are at their end; false when it refuses the model.</summary>
    public static bool Run(
        SimulatedBoard board,
        BoardPower power,
        string core,
        Transformer? transformer,
        IMotionSource motion,
        WearableSettings settings,
        IPhaseMarker? phases = null)
    {
        settings.ResetCause = "power_on";
        settings.TimerWakeMilliseconds = TimerWakeMilliseconds;
        using var device = board.Bus.CreateDevice(board.Address);
        if (board.Esp32 is null)
        {
            board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        }

        var access = Access(board, device, power, core);
        access.Phases = phases;
        var application = new WearableApplication(access, transformer, settings);
        board.Clock.Schedule(EndOf(motion), application.Stop);
        bool accepted = application.Run(maxWakes: 0);
        board.Serial.Flush();
        return accepted;
    }

    /// <summary>The board as the firmware sees it, with the native path that belongs to a core; the log goes to the serial port without a sink.</summary>
    public static BoardAccess Access(SimulatedBoard board, I2cDevice device, IPower power, string core, ILineSink? sink = null)
    {
        var clock = new BoardClock(board);
        return new()
        {
            Bus = new I2cRegisterBus(device),
            OpenCapture = settings => new Capture(EngineFactory.Capture(core, settings, new SimulatedCapturePort(board, settings))),
            Clock = clock,
            Power = power,
            Sink = sink ?? new SerialLineSink(() => board.Serial, clock, sleepStopsPort: board.Esp32 is not null),
        };
    }
}

/// <summary>Sends the firmware's log lines over a simulated board's serial port.</summary>
internal sealed class SerialLineWriter(SimulatedSerialPort port) : ILineSink
{
    public void WriteLine(byte[] line, int count) => port.Write(line, 0, count);
}
