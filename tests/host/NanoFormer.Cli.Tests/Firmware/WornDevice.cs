using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>
/// The firmware with the shipped model on a simulated board whose wearer puts it on, walks for a minute, and puts it down; what went
/// over the serial line is kept.
/// </summary>
internal sealed class WornDevice
{
    /// <summary>First and last second of walking.</summary>
    public const int WalkStart = 10;
    public const int WalkEnd = 70;

    /// <summary>Seconds in which the gait sets in.</summary>
    public const double TransitionSeconds = 2.5;

    private const int End = 95;

    private static readonly SyntheticWearer Wearer = new(1,
    [
        new(WearerActivity.PutDown, WalkStart),
        new(WearerActivity.Walking, WalkEnd - WalkStart),
        new(WearerActivity.PutDown, End - WalkEnd),
    ]);

    private readonly SerialTranscript _transcript;
    private readonly List<long> _arrivals = [];

    // What its initializer executes would count in the first run of the process alone, and equal runs would differ by a microsecond.
    static WornDevice() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Sensors.Mpu6050).TypeHandle);

    // Three short walks.
    private static readonly SyntheticWearer Restless = new(1,
    [
        .. Enumerable.Repeat<ScenarioSegment[]>([new(WearerActivity.PutDown, 12), new(WearerActivity.Walking, 8)], 3).SelectMany(walk => walk),
        new(WearerActivity.PutDown, End - 60),
    ]);

    private WornDevice(SyntheticWearer wearer, WearableSettings settings, SimulatedBoardOptions options, string path, bool chargesWork)
    {
        using var board = new SimulatedBoard(wearer, options);
        board.Clock.BeforeAdvance = chargesWork ? board.Clock.BeforeAdvance : null;
        using var engine = ShippedModel.Reference();
        Model = engine.Info;
        var lines = new List<string>();
        _transcript = new SerialTranscript(board.Serial, line =>
        {
            lines.Add(line);
            _arrivals.Add(board.Clock.Microseconds / 1000);
        });
        Run(board, engine, settings, path);
        board.Serial.Flush();
        Lines = lines;
        Milliamps = board.Power.AverageMilliamps;
    }

    /// <summary>The model.</summary>
    public ModelInfo Model { get; }

    /// <summary>The lines as they arrived.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Board time in milliseconds at which each line had arrived.</summary>
    public IReadOnlyList<long> Arrivals => _arrivals;

    /// <summary>Mean current.</summary>
    public double Milliamps { get; }

    /// <summary>The records with a right checksum.</summary>
    public IReadOnlyList<LogLine> Records => _transcript.Records;

    /// <summary>Lines without one.</summary>
    public int TornLines => _transcript.TornLines;

    /// <summary>Length of a window in milliseconds.</summary>
    public long WindowMilliseconds => Model.WindowSamples * 1_000_000L / Model.RateMillihertz;

    /// <summary>Wears the device through to the end.</summary>
    public static WornDevice With(FaultPlan? faults = null, WearableSettings? settings = null) => On(new() { Faults = faults ?? new() }, settings);

    /// <summary>The same on another board, with the native path or its twin; the work of managed code may be left out, which differs between them.</summary>
    public static WornDevice On(
        SimulatedBoardOptions board, WearableSettings? settings = null, string path = EngineFactory.Host, bool chargesWork = true) =>
        new(Wearer, settings ?? new(), board, path, chargesWork);

    /// <summary>The same device, worn for three short walks.</summary>
    public static WornDevice Often(SimulatedBoardOptions board, WearableSettings settings) =>
        new(Restless, settings, board, EngineFactory.Host, chargesWork: true);

    /// <summary>The records of one kind.</summary>
    public LogLine[] Of(string kind) => [.. _transcript.Of(kind)];

    /// <summary>The error records with a code.</summary>
    public LogLine[] Errors(string code) => [.. Of("error").Where(record => record.Text("code") == code)];

    /// <summary>The windows that lie wholly within the walk.</summary>
    public LogLine[] WalkingWindows(double fromSecond = WalkStart + TransitionSeconds) =>
        [.. Of("infer").Where(record => StartOf(record) >= fromSecond * 1000 && EndOf(record) <= WalkEnd * 1000)];

    /// <summary>Device time of a window's first sample in milliseconds.</summary>
    public static long StartOf(LogLine infer) => infer.Number("t0_ms", -1);

    /// <summary>Device time at which the sample after a window's last one would be taken.</summary>
    public long EndOf(LogLine infer) => StartOf(infer) + WindowMilliseconds;

    private static void Run(SimulatedBoard board, ITransformerEngine engine, WearableSettings settings, string path)
    {
        const long EndMicroseconds = End * 1_000_000L;
        using var device = board.Bus.CreateDevice(board.Address);
        if (board.Esp32 is null)
        {
            board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        }

        using var transformer = new Transformer(engine);
        var access = DemoDevice.Access(
            board, device, new BoardPower(board, EndMicroseconds), path);
        var application = new WearableApplication(access, transformer, settings);
        board.Clock.Schedule(EndMicroseconds, application.Stop);
        Assert.True(application.Run(maxWakes: 0));
    }
}
