using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Interop;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>Under every fault that has a name, the log calls as many samples lost as the simulator lost.</summary>
public class LossTests
{
    // No sensor is ever found, so that there is nothing to lose.
    private static readonly string[] WithoutSensor = ["unknown-chip", "shared-address", "open-address-pin"];

    // Parts of the MPU6050's kind.
    private static readonly string[] OtherParts = ["clone", "icm20689", "mpu6886", "unknown-chip"];

    // A count is dated before its transfer: a sample made during that is in it.
    private const long CountMicroseconds = 200;

    // Between two captures the sensor may have changed its phase: half a sample at either end, and the rounding.
    private const double DoubtBefore = 1.5;

    public static TheoryData<SensorPart, string> Faults
    {
        get
        {
            var data = new TheoryData<SensorPart, string>();
            foreach (string name in DemoFaults.Names)
            {
                data.Add(SensorPart.Mpu6050, name);
            }

            foreach (string name in DemoFaults.Names.Except(OtherParts))
            {
                data.Add(SensorPart.Lsm6dso, name);
            }

            return data;
        }
    }

    /// <summary>Without a gap nothing is missing. A gap is told by time, of which a FIFO's count knows to within one sample: so is each claim.</summary>
    [Theory, MemberData(nameof(Faults))]
    public void Log_counts_the_samples_that_were_lost(SensorPart part, string fault) => Check(Wear(part, fault), part, fault);

    /// <summary>The same, whichever transfers fail: among them the first of a capture, again and again.</summary>
    [Theory, InlineData(SensorPart.Mpu6050), InlineData(SensorPart.Lsm6dso)]
    public void Log_counts_them_whichever_transfers_fail(SensorPart part) =>
        Assert.All(Enumerable.Range(2, 20), seed => Check(Wear(part, "very-noisy-bus", seed), part, "very-noisy-bus"));

    /// <summary>The same, wherever between two samples the processor stops and goes on.</summary>
    [Theory, InlineData(SensorPart.Mpu6050), InlineData(SensorPart.Lsm6dso)]
    public void Log_counts_them_in_every_phase(SensorPart part) =>
        Assert.All(Enumerable.Range(1, 8), step => Check(Wear(part, "overflow", phaseMicroseconds: step * 1250), part, "overflow"));

    private static void Check(LossAudit audit, SensorPart part, string fault)
    {
        double period = part == SensorPart.Lsm6dso ? 1e6 / 104 : 10_000;

        Assert.Equal(WithoutSensor.Contains(fault), audit.Captures.Count == 0);
        Assert.All(audit.Captures, capture => Assert.True(capture.IsAnnounced));
        foreach (var capture in audit.Captures)
        {
            Assert.InRange(capture.Claimed, capture.Lost - capture.Gaps, capture.LostUntil(CountMicroseconds) + capture.Gaps);
            if (capture.Before is not null)
            {
                Assert.InRange(capture.ClaimedBefore, capture.LostBefore(period) - DoubtBefore, capture.LostBefore(period) + DoubtBefore);
            }
        }
    }

    private static LossAudit Wear(SensorPart part, string fault, int seed = 1, long phaseMicroseconds = 0)
    {
        var options = new DemoOptions("", null, null, EngineFactory.Host, seed, [fault], null, null, null) { Sensor = part };
        var motion = DemoMotion.Open(options);
        long end = DemoDevice.EndOf(motion);
        using var board = DemoDevice.Board(options, motion);
        var audit = new LossAudit(board);
        using var device = board.Bus.CreateDevice(board.Address);
        if (board.Esp32 is null)
        {
            board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        }

        board.Clock.Advance(phaseMicroseconds);
        var access = DemoDevice.Access(board, device, new BoardPower(board, end), options.Core);
        access.Sink = audit.Watch(access.Sink);
        access.OpenCapture = settings =>
            new Capture(audit.Watch(EngineFactory.Capture(options.Core, settings, new SimulatedCapturePort(board, settings))));
        using var engine = new HostEngine(ShippedModel.Image);
        using var transformer = new Transformer(engine);
        var application = new WearableApplication(access, transformer, new WearableSettings { TimerWakeMilliseconds = 60_000 });
        board.Clock.Schedule(end, application.Stop);
        Assert.True(application.Run(maxWakes: 0));
        return audit;
    }
}
