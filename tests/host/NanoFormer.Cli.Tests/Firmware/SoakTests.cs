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
/// again within two minutes of each fault's end, every hole between two windows has its gap in the log, every record that is missing is one
/// that noise on the serial line tore, and memory stays what it was:
/// that is measured of the whole process, so no other test may run meanwhile.
/// </summary>
[Collection(nameof(SoakTests))]
[CollectionDefinition(nameof(SoakTests), DisableParallelization = true)]
public class SoakTests
{
    private const double FaultSeconds = 200;
    private const double LongestFault = 60;
    private const double LongestStall = 8;
    private const double DeafSeconds = 120;
    private const long MostBytes = 4 << 20;
    private const int SampleMilliseconds = 10;

    [Theory]
    [InlineData(SensorPart.Mpu6050, Esp32Traps.None, 0, 1)]
    [InlineData(SensorPart.Lsm6dso, Esp32Traps.None, 0, 2)]
    [InlineData(SensorPart.Mpu6050, Esp32Traps.All, 0, 3)]
    [InlineData(SensorPart.Mpu6050, Esp32Traps.None, 2e-5, 4)]
    public void Device_outlives_every_fault(SensorPart part, Esp32Traps traps, double serialNoise, int seed)
    {
        double seconds = 3600 * double.Parse(Environment.GetEnvironmentVariable("NANOFORMER_SOAK_HOURS") ?? "0.5", CultureInfo.InvariantCulture);
        var drawn = new DrawnFaults(seed, seconds);
        using var board = new SimulatedBoard(new Habit(), new SimulatedBoardOptions
        {
            BoardId = traps == Esp32Traps.None ? "stm32l4r5" : "esp32",
            Esp32 = traps == Esp32Traps.None ? null : traps,
            Part = part,
            Sensor = part == SensorPart.Lsm6dso ? Lsm6dso.Typical : new(),
            Faults = drawn.Plan with { SerialFlipProbability = serialNoise },
        });
        drawn.ScheduleFreezes(board);
        var log = new Log(board, drawn.Ends);
        (long early, long late) = Wear(board, seconds);

        double[] deaf = [.. log.Heard.Zip(drawn.Ends, (heard, end) => heard - end)];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{deaf.Length} faults, deaf for {deaf.Max():F1} s at most, {log.Windows} windows, {log.Torn} lines torn, {log.Missing} records missing, memory {late - early} bytes more");
        Assert.InRange(log.Torn, 0, serialNoise == 0 ? 0 : log.Windows / 10);
        Assert.InRange(log.Missing, log.Torn, 2 * log.Torn); // two, where the end of a line was hit
        Assert.Empty(log.Unexplained);
        Assert.All(deaf, length => Assert.InRange(length, 0, DeafSeconds));
        Assert.InRange(late - early, long.MinValue, MostBytes);
    }

    private static (long Early, long Late) Wear(SimulatedBoard board, double seconds)
    {
        long end = (long)(seconds * 1e6);
        long early = 0;
        using var device = board.Bus.CreateDevice(board.Address);
        if (board.Esp32 is null)
        {
            board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        }

        using var engine = new HostEngine(ShippedModel.Image);
        using var transformer = new Transformer(engine);
        var access = DemoDevice.Access(board, device, new BoardPower(board, end), EngineFactory.Host);
        var application = new WearableApplication(access, transformer, new WearableSettings());
        board.Clock.Schedule(end / 4, () => early = GC.GetTotalMemory(forceFullCollection: true));
        board.Clock.Schedule(end, application.Stop);
        Assert.True(application.Run(maxWakes: 0));
        return (early, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>One fault at a time, so that what follows from it is seen before the next.</summary>
    private sealed class DrawnFaults
    {
        private enum Kind
        {
            Stall,
            Unplugged,
            Silent,
            HeldLow,
            Frozen,
            Zeros,
            StuckAxis,
            StuckLow,
            StuckHigh,
            PowerDip,
        }

        private readonly List<(Kind Kind, FaultWindow Window)> _drawn = [];

        public DrawnFaults(int seed, double seconds)
        {
            var random = new Random(seed);
            var kinds = Enum.GetValues<Kind>();
            for (double at = FaultSeconds; at + FaultSeconds < seconds; at += FaultSeconds)
            {
                if (_drawn.Count % kinds.Length == 0)
                {
                    random.Shuffle(kinds); // each once, before any comes again
                }

                var kind = kinds[_drawn.Count % kinds.Length];
                double from = at + (random.NextDouble() * 20);
                double longest = kind switch { Kind.PowerDip => 0, Kind.Stall => LongestStall, _ => LongestFault };
                _drawn.Add((kind, new(from, from + (longest == 0 ? 0 : 1 + (random.NextDouble() * (longest - 1))))));
            }

            Plan = new FaultPlan
            {
                Seed = seed,
                NackProbability = 0.02,
                ProcessorStalls = Of(Kind.Stall),
                Unplugged = Of(Kind.Unplugged),
                NackWindows = Of(Kind.Silent),
                BusHeldLow = Of(Kind.HeldLow),
                InterruptStuckLow = Of(Kind.StuckLow),
                InterruptStuckHigh = Of(Kind.StuckHigh),
                PowerDips = [.. Of(Kind.PowerDip).Select(window => window.FromSeconds)],
            };
        }

        public FaultPlan Plan { get; }

        public double[] Ends => [.. _drawn.Select(fault => fault.Window.ToSeconds)];

        /// <summary>Those in which the sensor answers without measuring: a plan knows of one way only.</summary>
        public void ScheduleFreezes(SimulatedBoard board)
        {
            foreach (var (kind, freeze) in new[] { (Kind.Frozen, SensorFreeze.Values), (Kind.Zeros, SensorFreeze.Zeros), (Kind.StuckAxis, SensorFreeze.Axis) })
            {
                foreach (var window in Of(kind))
                {
                    board.Clock.Schedule(window.FromMicroseconds, () => board.Sensor.Freeze = freeze);
                    board.Clock.Schedule(window.ToMicroseconds, () => board.Sensor.Freeze = SensorFreeze.None);
                }
            }
        }

        private FaultWindow[] Of(Kind kind) => [.. _drawn.Where(fault => fault.Kind == kind).Select(fault => fault.Window)];
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
        private long _sequence;

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

        public long Missing { get; private set; }

        public long Windows { get; private set; }

        private void Take(byte value)
        {
            if (value != (byte)'\n')
            {
                _line.Append((char)value);
                return;
            }

            var record = LogLine.Parse(_line.ToString().TrimEnd('\r'));
            _line.Clear();
            if (record is null)
            {
                Torn++;
                return;
            }

            Count(record);
            switch (record.Kind)
            {
                case "infer":
                    TakeWindow(record);
                    break;
                case "gap" or "wake":
                    _windowBefore = null;
                    break;
            }
        }

        private void Count(LogLine record)
        {
            long missing = record.Number("seq", -1) - _sequence;
            _sequence += missing + 1;
            Missing += missing;
            _windowBefore = missing == 0 ? _windowBefore : null;
        }

        private void TakeWindow(LogLine record)
        {
            Windows++;
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
