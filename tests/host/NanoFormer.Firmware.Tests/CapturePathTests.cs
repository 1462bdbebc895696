using CsCheck;
using NanoFormer.Emulator;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests;

/// <summary>The native path, and its twin in C#, on a sensor whose bus fails at random.</summary>
public class CapturePathTests
{
    private static readonly Gen<Trouble[]> Troubles = Gen.Select(
        Gen.Int[0, 900], Gen.Int[-1, 4], Gen.Int[1, 9], Gen.OneOf(Gen.Const(0), Gen.Int[1, 191]), Gen.Bool, Gen.Int[0, 20],
        (pause, burst, times, bytes, broken, dropped) => new Trouble(pause, burst, times, bytes, broken, dropped == 20 ? 5 : 0))
        .Array[1, 40];

    // Milliseconds from the start on in which the bus does not answer.
    private static readonly Gen<int> DeafStarts = Gen.OneOf(Gen.Const(0), Gen.Int[1, 400]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_sample_comes_once_in_order_or_lies_within_a_reported_gap(bool isTwin) => Gen.Select(DeafStarts, Troubles).Sample(
        (deaf, troubles) =>
        {
            using var rig = new Rig(isTwin, CaptureSettings.SensorRate, deaf);
            foreach (var trouble in troubles)
            {
                rig.Meet(trouble);
            }

            rig.CheckNumbers();
        },
        iter: 100);

    [Theory]
    [InlineData(CaptureSettings.SensorRate)]
    [InlineData(20_000_000)]
    [InlineData(7_000_001)]
    public void The_native_path_and_its_twin_agree_in_every_fact_and_every_byte(int modelPeriod) => Gen.Select(DeafStarts, Troubles).Sample(
        (deaf, troubles) =>
        {
            using var native = new Rig(isTwin: false, modelPeriod, deaf);
            using var twin = new Rig(isTwin: true, modelPeriod, deaf);
            foreach (var trouble in troubles)
            {
                native.Meet(trouble);
                twin.Meet(trouble);
                Assert.Equal(native.Events, twin.Events);
            }

            Assert.Equal(native.Totals(), twin.Totals());
        },
        iter: 150);

    [Theory]
    [InlineData("unplugged")]
    [InlineData("noise")]
    [InlineData("nothing")]
    public void A_wearable_logs_the_same_lines_on_either(string fault)
    {
        var logs = ((bool[])[false, true]).Select(isTwin =>
        {
            var wearer = new Wearer { GyroOffset = 300 };
            wearer.Path = (settings, port) => isTwin ? new ReferenceCapture(settings, port) : new HostCapture(settings, port);
            wearer.Sensor.PeriodMicroseconds = 10_150;
            if (fault == "unplugged")
            {
                wearer.Sensor.Unplugged.Add((65_000_000, 72_000_000));
            }
            else if (fault == "noise")
            {
                wearer.Sensor.BusFaults.AddRange(Enumerable.Range(0, 60).Select(i => (61_000_000L + (i * 777_777), 61_300_000L + (i * 777_777))));
            }

            wearer.Move(60, 120);
            wearer.Run(1);
            return wearer.Log.Lines;
        }).ToArray();
        Assert.Contains(logs[0], line => line.Contains(" infer ", StringComparison.Ordinal));
        Assert.Equal(logs[0], logs[1]);
    }

    [Fact]
    public void A_capture_refuses_what_it_cannot_do()
    {
        var settings = Rig.Settings(CaptureSettings.SensorRate);
        settings.HopSamples = settings.WindowSamples + 1;
        var clock = new FakeClock();
        Assert.Throws<ArgumentException>(() => new HostCapture(settings, new BusCapturePort(new FakeSensor(clock), clock)));
    }

    private readonly record struct Trouble(int Pause, int Burst, int Times, int Bytes, bool Broken, int Dropped);

    /// <summary>A sensor that numbers its samples, and a capture of it in windows of 16.</summary>
    private sealed class Rig : IDisposable
    {
        private const int Samples = 16;

        private readonly FakeClock _clock = new();
        private readonly FakeSensor _sensor;
        private readonly Capture _capture;
        private short _made;

        public Rig(bool isTwin, int modelPeriod, int deafMilliseconds)
        {
            _sensor = new FakeSensor(_clock) { Signal = _ => [_made, 1, 2, 3, (short)(_made * 3), _made++], PeriodMicroseconds = 10_090 };
            var driver = new Mpu6050(_sensor, _clock, 100);
            Assert.Equal(SensorStatus.Ok, driver.Identify());
            Assert.Equal(SensorStatus.Ok, driver.StartCapture());
            var settings = Settings(modelPeriod);
            var port = new BusCapturePort(_sensor, _clock);
            _capture = new Capture(isTwin ? new ReferenceCapture(settings, port) : new HostCapture(settings, port));
            _made = 0;
            _sensor.BusFaults.Add((_clock.Microseconds, _clock.Microseconds + (deafMilliseconds * 1000L)));
            _capture.Start();
        }

        /// <summary>What every wait gave: the numbers of its facts, and the samples in the window.</summary>
        public List<string> Events { get; } = [];

        private List<(CaptureEvent Event, long Least, long Most, short[] Fresh)> Seen { get; } = [];

        public static CaptureSettings Settings(int modelPeriod)
        {
            var clock = new FakeClock();
            var driver = new Mpu6050(new FakeSensor(clock), clock, 100);
            driver.Identify();
            var model = FakeEngine.Model("acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z", "g,g,g,rad/s,rad/s,rad/s");
            var settings = CapturePlan.For(driver.Fifo, model, ChannelMap.ForModel(model, driver.Scale), 40);
            settings.WindowSamples = Samples;
            settings.HopSamples = modelPeriod == CaptureSettings.SensorRate ? Samples : Samples / 4;
            settings.ModelPeriodNanoseconds = modelPeriod;
            settings.BiasFirst = modelPeriod == CaptureSettings.SensorRate ? CaptureSettings.NoBias : settings.BiasFirst;
            settings.Factors = modelPeriod == CaptureSettings.SensorRate ? [.. settings.Factors.Select(_ => 1 << 16)] : settings.Factors;
            return settings;
        }

        /// <summary>Computes for a while, or waits, while the bus fails.</summary>
        public void Meet(Trouble trouble)
        {
            _sensor.BurstsToFail = trouble.Burst;
            _sensor.FailedBursts = trouble.Times;
            _sensor.BytesLostInFailure = trouble.Broken ? trouble.Bytes : 0;
            _sensor.BurstFailure = trouble.Broken ? BusResult.Broken : BusResult.NoAcknowledge;
            _sensor.DropBytes = trouble.Dropped;
            long end = _clock.Microseconds + (trouble.Pause * 1000L);
            if (trouble.Pause % 3 == 0)
            {
                _clock.Sleep(trouble.Pause);
            }

            do
            {
                Note(_capture.Wait((int)Math.Max(0, (end - _clock.Microseconds) / 1000)));
                if (_capture.Facts.Event == CaptureEvent.Silent)
                {
                    _clock.Sleep(50); // a silent capture is told at once, again and again
                }
            }
            while (_capture.Facts.Event is CaptureEvent.Window or CaptureEvent.Gap || _clock.Microseconds < end - 1000);
            _sensor.BurstsToFail = -1;
        }

        /// <summary>The numbers of the samples count up, and jump at gaps by what was told.</summary>
        public void CheckNumbers()
        {
            _capture.Stop();
            do
            {
                Note(_capture.Wait(0));
            }
            while (_capture.Facts.Event != CaptureEvent.Nothing);

            long least = 0;
            long most = 0;
            foreach (var (found, gapLeast, gapMost, fresh) in Seen)
            {
                foreach (short number in fresh)
                {
                    Assert.InRange(number, least, most);
                    (least, most) = (number + 1, number + 1);
                }

                if (found == CaptureEvent.Gap)
                {
                    (least, most) = (least + gapLeast, most + gapMost);
                }
            }

            // The sensor has made what was delivered or told of, give or take what it makes during a transfer.
            Assert.InRange(_made, least - 1, most + 1);
        }

        public string Totals()
        {
            var totals = _capture.GetTotals();
            return $"{totals.Delivered} {totals.LostAtLeast} {totals.LostAtMost} {totals.Bursts} {totals.Overruns} "
                + $"{totals.Flushes} {totals.BusErrors} {totals.Retries}";
        }

        public void Dispose() => _capture.Dispose();

        private void Note(CaptureEvent found)
        {
            var facts = _capture.Facts;
            short[] held = new short[facts.Held * 6];
            _capture.CopyWindow(0, held, facts.Held);
            Events.Add(string.Join(' ', facts.Numbers) + ": " + string.Join(' ', held));
            if (found is CaptureEvent.Window or CaptureEvent.Gap or CaptureEvent.Nothing)
            {
                int isLast = found == CaptureEvent.Nothing ? 0 : facts.Fresh;
                short[] fresh = [.. Enumerable.Range(facts.Held - isLast, isLast).Select(i => held[i * 6])];
                Seen.Add((found, facts.LostAtLeast, facts.LostAtMost, fresh));
            }
        }
    }
}
