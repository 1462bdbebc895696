using System.Globalization;
using System.Text;
using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>
/// A wearable with one fault after the other, drawn at random, for half an hour of its time; NANOFORMER_SOAK_HOURS=24 makes it a day. It hears
/// again within two minutes of each fault's end, every hole between two windows has its gap in the log, and memory stays what it was.
/// </summary>
public class SoakTests
{
    private const double FaultSeconds = 200;
    private const double LongestFault = 60;
    private const double DeafSeconds = 120;
    private const long MostBytes = 4 << 20;
    private const int SampleMilliseconds = 10;

    [Theory]
    [InlineData(SensorPart.Mpu6050, 1)]
    [InlineData(SensorPart.Lsm6dso, 2)]
    public void Device_outlives_every_fault(SensorPart part, int seed)
    {
        double hours = double.Parse(Environment.GetEnvironmentVariable("NANOFORMER_SOAK_HOURS") ?? "0.5", CultureInfo.InvariantCulture);
        var faults = Draw(seed, hours * 3600, out double[] ends);
        var individual = part == SensorPart.Lsm6dso ? Lsm6dso.Typical : new();
        using var board = new SimulatedBoard(new Habit(), new SimulatedBoardOptions { Part = part, Sensor = individual, Faults = faults });
        var log = new Log(board, ends);
        (long early, long late) = Wear(board, hours * 3600);

        Assert.Equal(0, log.Torn);
        Assert.Empty(log.Unexplained);
        Assert.All(log.Heard.Zip(ends), pair => Assert.InRange(pair.First - pair.Second, 0, DeafSeconds));
        Assert.InRange(late - early, long.MinValue, MostBytes);
    }

    private static (long Early, long Late) Wear(SimulatedBoard board, double seconds)
    {
        long end = (long)(seconds * 1e6);
        long early = 0;
        using var device = board.Bus.CreateDevice(board.Address);
        board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        using var engine = new HostEngine(ShippedModel.Image);
        using var transformer = new Transformer(engine);
        var access = DemoDevice.Access(board, device, new BoardPower(board, end), EngineFactory.Host);
        var application = new WearableApplication(access, transformer, new WearableSettings());
        board.Clock.Schedule(end / 4, () => early = GC.GetTotalMemory(forceFullCollection: true));
        board.Clock.Schedule(end, application.Stop);
        Assert.True(application.Run(maxWakes: 0));
        return (early, GC.GetTotalMemory(forceFullCollection: true));
    }

    // One kind of fault at a time, so that what follows from it is seen before the next.
    private static FaultPlan Draw(int seed, double seconds, out double[] ends)
    {
        var random = new Random(seed);
        var windows = Enumerable.Range(0, 6).Select(_ => new List<FaultWindow>()).ToArray();
        var dips = new List<double>();
        var last = new List<double>();
        for (double at = FaultSeconds; at + FaultSeconds < seconds; at += FaultSeconds)
        {
            int kind = random.Next(windows.Length + 1);
            double from = at + (random.NextDouble() * 20);
            double length = kind == 0 ? 1 + (random.NextDouble() * 7) : 1 + (random.NextDouble() * (LongestFault - 1));
            if (kind == windows.Length)
            {
                dips.Add(from);
                length = 0;
            }
            else
            {
                windows[kind].Add(new(from, from + length));
            }

            last.Add(from + length);
        }

        ends = [.. last];
        return new FaultPlan
        {
            Seed = seed,
            NackProbability = 0.02,
            ProcessorStalls = windows[0],
            Unplugged = windows[1],
            NackWindows = windows[2],
            BusHeldLow = windows[3],
            Frozen = windows[4],
            InterruptStuckLow = windows[5],
            PowerDips = dips,
        };
    }

    /// <summary>Three quarters of a minute's walk, and as long on the table, again and again.</summary>
    private sealed class Habit : IMotionSource
    {
        private const double Half = 45;

        private readonly SyntheticWearer _wearer = new(1,
        [
            new(WearerActivity.PutDown, Half / 2), new(WearerActivity.Walking, Half), new(WearerActivity.PutDown, Half / 2),
        ]);

        public string Name => "habit";

        public bool IsSynthetic => true;

        public double DurationSeconds => double.PositiveInfinity;

        public MotionSample At(double seconds) => _wearer.At(seconds % (2 * Half));

        public string? LabelAt(double seconds) => _wearer.LabelAt(seconds % (2 * Half));
    }

    /// <summary>Reads the log as it comes and keeps only what it is asked for.</summary>
    private sealed class Log
    {
        private const double HopMilliseconds = 1280;

        private readonly StringBuilder _line = new();
        private readonly double[] _ends;
        private int _awaited;
        private long? _windowBefore;

        public Log(SimulatedBoard board, double[] ends)
        {
            _ends = ends;
            Heard = new double[ends.Length];
            Array.Fill(Heard, double.PositiveInfinity);
            board.Serial.ByteReceived += Take;
        }

        public double[] Heard { get; }

        public List<string> Unexplained { get; } = [];

        public int Torn { get; private set; }

        private void Take(byte value)
        {
            if (value != (byte)'\n')
            {
                _line.Append((char)value);
                return;
            }

            var record = LogLine.Parse(_line.ToString().TrimEnd('\r'));
            _line.Clear();
            Torn += record is null ? 1 : 0;
            switch (record?.Kind)
            {
                case "infer":
                    TakeWindow(record);
                    break;
                case "gap" or "wake":
                    _windowBefore = null;
                    break;
            }
        }

        private void TakeWindow(LogLine record)
        {
            long start = record.Number("t0_ms", -1);
            if (_windowBefore is { } before && Math.Abs(start - before - HopMilliseconds) > 4 * SampleMilliseconds)
            {
                Unexplained.Add($"no gap between the windows of {before} and {start} ms");
            }

            _windowBefore = start;
            while (_awaited < _ends.Length && start >= _ends[_awaited] * 1000 && record.Text("label") != "unknown")
            {
                Heard[_awaited++] = start / 1000.0;
            }
        }
    }
}
