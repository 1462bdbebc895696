using System.Device.Gpio;
using System.Text;
using NanoFormer.Board;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;
using NanoFormer.Wearable;

namespace NanoFormer.ManagedCost.Tests;

/// <summary>
/// The wearable on the simulated board through 40 seconds of motion and rest. Called by reflection, in a load context that has its own
/// firmware.
/// </summary>
internal sealed class WornDevice(SimulatedBoard board) : IClock, IPower, ILineSink, ITransformerEngine
{
    private const long EndMicroseconds = 40_000_000;

    private static readonly string[] LibraryMakers = ["Concat", "Substring", "ToString", "Split", "Clone"];

    private readonly List<string> _lines = [];
    private readonly List<(int Lines, long Allocations)> _inferences = [];

    public long Microseconds => board.Clock.Microseconds;

    public StartCause StartCause => StartCause.PowerOn;

    public long RealTimeMilliseconds => board.Clock.Microseconds / 1000;

    public ModelInfo Info { get; } = Model();

    /// <summary>The log, with a fault on the way.</summary>
    public static string[] Log() => [.. Worn(new FaultPlan { NackProbability = 0.01, Unplugged = [new(12, 13)] })._lines];

    /// <summary>Without a fault, from each inference to the next: the objects that the firmware's code made, and the lines it wrote.</summary>
    public static (long Allocations, string[] Lines)[] Hops()
    {
        var device = Worn(new FaultPlan());
        return
        [
            .. device._inferences.Zip(
                device._inferences.Skip(1),
                (from, to) => (to.Allocations - from.Allocations, device._lines[from.Lines..to.Lines].ToArray())),
        ];
    }

    private static WornDevice Worn(FaultPlan faults)
    {
        var motion = new SyntheticWearer(1, [new(WearerActivity.Walking, 20), new(WearerActivity.PutDown, 20)]);
        using var board = new SimulatedBoard(motion, new SimulatedBoardOptions { Faults = faults });
        using var device = board.Bus.CreateDevice(SimulatedBoard.SensorAddress);
        board.Gpio.OpenPin(SimulatedBoard.InterruptPin, PinMode.Input);
        board.Clock.BeforeAdvance = null; // what is counted takes no time here: the logs are compared
        var worn = new WornDevice(board);
        var bus = new I2cRegisterBus(device);
        var access = new BoardAccess
        {
            Bus = bus,
            OpenCapture = settings => new Capture(new HostCapture(settings, new BusCapturePort(bus, worn))),
            Clock = worn,
            Power = worn,
            Sink = worn,
        };
        var application = new WearableApplication(access, new Transformer(worn), new WearableSettings());
        board.Clock.Schedule(EndMicroseconds, application.Stop);
        Assert.True(application.Run(maxWakes: 0));
        return worn;
    }

    public void Sleep(int milliseconds) => board.Sleep(milliseconds * 1000L);

    public bool SleepUntilInterrupt(int timeoutMilliseconds) => board.SleepUntilPin(
        SimulatedBoard.InterruptPin, PinValue.High, Math.Min(timeoutMilliseconds * 1000L, EndMicroseconds - Microseconds));

    public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt) => false;

    public void WriteLine(byte[] line, int count) => _lines.Add(Encoding.ASCII.GetString(line, 0, count));

    // Inside libraries nothing is seen: of what the firmware might call there, these make an object.
    private static long Objects(MethodCount count) =>
        count.IsLibrary && LibraryMakers.Any(name => count.Method.Contains("::" + name, StringComparison.Ordinal)) ? count.Calls : count.Allocations;

    // A sum of the window, so that a wrong sample would show in the log.
    public void Run(short[] window, sbyte[] output)
    {
        _inferences.Add((_lines.Count, ManagedCounter.Read().Sum(Objects)));
        output[0] = (sbyte)window.Sum(value => value);
        output[1] = (sbyte)-output[0];
    }

    public void SelfTest()
    {
    }

    public void Dispose()
    {
    }

    private static ModelInfo Model()
    {
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.RateMillihertz] = 50_000;
        numbers[ModelNumbers.WindowSamples] = 128;
        numbers[ModelNumbers.HopSamples] = 64;
        numbers[ModelNumbers.ChannelCount] = 6;
        numbers[ModelNumbers.OutputCount] = 2;
        numbers[ModelNumbers.LabelCount] = 2;
        numbers[ModelNumbers.ClassCount] = 2;
        numbers[ModelNumbers.AlarmThreshold] = OutputLayout.NoAlarm;
        return new ModelInfo(
            "sum", numbers, ["ODD", "EVEN"], ["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"],
            ["g", "g", "g", "rad/s", "rad/s", "rad/s"], Enumerable.Repeat(1 << 30, 6).ToArray(), [-12, -12, -12, -11, -11, -11]);
    }
}
