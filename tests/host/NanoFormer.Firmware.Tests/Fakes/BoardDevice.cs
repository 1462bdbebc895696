using System.Device.Gpio;
using System.Numerics;
using NanoFormer.Board;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>A simulated board as the firmware sees it, with a clock that starts again after a deep sleep, as a processor's does.</summary>
internal sealed class BoardDevice : IClock, IPower, IMotionSource, IDisposable
{
    private long _clockStart;

    public BoardDevice(Mpu6050Options? sensor = null, FaultPlan? faults = null)
    {
        Board = new SimulatedBoard(this, new SimulatedBoardOptions { Sensor = sensor ?? Mpu6050Options.Ideal, Faults = faults ?? new() });
        Bus = new I2cRegisterBus(Board.Bus.CreateDevice(SimulatedBoard.SensorAddress));
        Board.Gpio.OpenPin(SimulatedBoard.InterruptPin, PinMode.Input);
    }

    public SimulatedBoard Board { get; }

    public IRegisterBus Bus { get; }

    /// <summary>The board as the firmware sees it; each call is a start of the processor.</summary>
    public BoardAccess Access => new()
    {
        Bus = Bus,
        OpenCapture = settings => new Capture(new HostCapture(settings, new SimulatedCapturePort(Board, settings, _clockStart))),
        Clock = this,
        Power = this,
        Sink = Log,
        Store = Store,
    };

    public LineList Log { get; } = new();

    /// <summary>What outlives a reboot; null for none.</summary>
    public IStateStore? Store { get; init; }

    /// <summary>Motion beyond gravity, in g over seconds.</summary>
    public Func<double, Vector3> Shake { get; set; } = _ => Vector3.Zero;

    public Vector3 Rate { get; set; }

    public long Microseconds => Board.Clock.Microseconds - _clockStart;

    public StartCause StartCause { get; private set; }

    public long RealTimeMilliseconds => 1_700_000_000_123 + (Board.Clock.Microseconds / 1000);

    public string Name => "shaken board";

    public bool IsSynthetic => true;

    public double DurationSeconds => double.PositiveInfinity;

    public void Sleep(int milliseconds) => Board.Sleep(milliseconds * 1000L);

    public bool SleepUntilInterrupt(int timeoutMilliseconds) =>
        Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, timeoutMilliseconds * 1000L);

    public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
    {
        bool byPin = untilInterrupt && SleepUntilInterrupt(timeoutMilliseconds);
        if (!untilInterrupt)
        {
            Board.Sleep(timeoutMilliseconds * 1000L, McuState.DeepSleep);
        }

        StartCause = byPin ? StartCause.Interrupt : StartCause.Timer;
        _clockStart = Board.Clock.Microseconds;
        return true;
    }

    public FakeEngine Engine(bool scored = false) => new(Board.Compute)
    {
        Info = FakeEngine.Model("acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z", "g,g,g,rad/s,rad/s,rad/s", scored: scored),
    };

    public MotionSample At(double seconds) => new(Vector3.UnitZ + Shake(seconds), Rate);

    public string? LabelAt(double seconds) => null;

    public void Dispose() => Board.Dispose();
}
