using CsCheck;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests;

public class Mpu6050FifoTests
{
    private readonly FakeClock _clock = new();
    private readonly FakeSensor _bus;
    private readonly Mpu6050 _sensor;
    private short _next;

    public Mpu6050FifoTests()
    {
        _bus = new FakeSensor(_clock) { Signal = _ => [_next, 1, 2, 3, 4, _next++] };
        _sensor = new Mpu6050(_bus, _clock, new Mpu6050Settings());
        Assert.Equal(SensorStatus.Ok, _sensor.Identify());
        Assert.Equal(SensorStatus.Ok, _sensor.StartCapture());
    }

    [Fact]
    public void Whatever_fails_a_read_that_says_ok_gives_the_very_next_samples() => Gen.Select(
        Gen.Int[10, 750], Gen.Int[0, 6], Gen.Int[1, 6], Gen.OneOf(Gen.Const(0), Gen.Int[1, 191]), Gen.Bool).Array[1, 30].Sample(reads =>
        {
            var test = new Mpu6050FifoTests();
            foreach (var (pause, burst, times, bytes, broken) in reads)
            {
                test.Read(pause, burst, times, bytes, broken);
            }
        }, iter: 300);

    [Fact]
    public void Missing_acknowledges_within_a_read_cost_nothing() => Gen.Select(Gen.Int[10, 750], Gen.Int[0, 6], Gen.Int[1, 3])
        .Array[1, 30].Sample(reads =>
        {
            var test = new Mpu6050FifoTests();
            foreach (var (pause, burst, times) in reads)
            {
                Assert.Equal(SensorStatus.Ok, test.Read(pause, burst, times, 0, broken: false));
            }
        }, iter: 300);

    [Fact]
    public void Where_nothing_was_read_yet_the_next_read_goes_on()
    {
        Assert.Equal(SensorStatus.NoAcknowledge, Read(300, 0, 4, 0, broken: false));
        Assert.Equal(SensorStatus.Ok, Read(100, -1, 0, 0, broken: false));
    }

    [Fact]
    public void A_read_given_up_half_way_leaves_the_content_lost()
    {
        Assert.Equal(SensorStatus.NoAcknowledge, Read(300, 1, 4, 0, broken: false));
        Assert.Equal(SensorStatus.FifoMisaligned, Read(10, -1, 0, 0, broken: false));
        Assert.Equal(SensorStatus.Ok, Read(100, -1, 0, 0, broken: false));
    }

    private short _expected;

    // Reads after a pause; the burst of that index fails so many times. Checks what comes, and starts anew where the content is lost.
    private SensorStatus Read(int pause, int burst, int times, int bytesLost, bool broken)
    {
        _clock.Sleep(pause);
        _bus.BurstsToFail = burst;
        _bus.FailedBursts = times;
        _bus.BytesLostInFailure = broken ? bytesLost : bytesLost % 12; // whole packets vanish only in transfers that broke off
        _bus.BurstFailure = broken ? BusResult.Broken : BusResult.NoAcknowledge;
        var samples = new short[Mpu6050.FifoSamples * 6];
        var status = _sensor.ReadSamples(samples, out var count);
        _bus.BurstsToFail = -1;
        for (var i = 0; i < count; i++, _expected++)
        {
            Assert.Equal([_expected, 1, 2, 3, 4, _expected], samples[(i * 6)..((i * 6) + 6)]);
        }

        if (status is SensorStatus.FifoOverflow or SensorStatus.FifoMisaligned)
        {
            Assert.Equal(SensorStatus.Ok, _sensor.RestartFifo());
            _expected = _next;
        }

        return status;
    }
}
