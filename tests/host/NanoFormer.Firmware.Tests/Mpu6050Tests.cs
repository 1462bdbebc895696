using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests;

public class Mpu6050Tests
{
    private readonly FakeClock _clock = new();
    private readonly FakeSensor _bus;
    private readonly Mpu6050 _sensor;

    public Mpu6050Tests()
    {
        _bus = new FakeSensor(_clock);
        _sensor = new Mpu6050(_bus, _clock, 100);
    }

    [Fact]
    public void Going_to_sleep_until_motion_follows_the_register_maps_sequence()
    {
        Setup();
        Assert.Equal(SensorStatus.Ok, _sensor.SleepUntilMotion(20));

        (int, int)[] expected =
        [
            (0x23, 0x00), (0x6A, 0x00), (0x6A, 0x04), // FIFO off and empty
            (0x6B, 0x00), // neither SLEEP nor CYCLE
            (0x6C, 0x07), // accelerometer on
            (0x1C, 0x08), // +-4 g, high-pass in reset
            (0x1A, 0x00),
            (0x37, 0x20), // latch
            (0x38, 0x40), // motion interrupt
            (0x1F, 20),
            (0x20, 1),
            (0x69, 0x15),
            (0x1C, 0x0F), // hold
            (0x6C, 0x47), // 5 Hz, gyroscopes off
            (0x6B, 0x20), // cycle
        ];
        Assert.Equal(expected, _bus.Writes);
        int hold = _bus.Writes.IndexOf((0x1C, 0x0F));
        Assert.InRange(_bus.WriteTimes[hold] - _bus.WriteTimes[hold - 1], 100_000, long.MaxValue);
    }

    [Fact]
    public void Capture_fills_the_fifo_from_six_axes_with_the_fifo_switched_on()
    {
        Setup();
        Assert.Equal(SensorStatus.Ok, _sensor.StartCapture());
        (int, int)[] expected =
        [
            (0x6B, 0x01), (0x6C, 0x00), (0x19, 9), (0x1B, 0x08), (0x1A, 0x04), (0x1C, 0x08), (0x38, 0x10),
            (0x23, 0x00), (0x6A, 0x00), (0x6A, 0x04), (0x6A, 0x40), (0x23, 0x78),
        ];
        Assert.Equal(expected, _bus.Writes);
    }

    [Fact]
    public void Configuration_resets_and_sets_rate_and_ranges()
    {
        Assert.Equal(SensorStatus.Ok, _sensor.Identify());
        Assert.Equal(SensorStatus.Ok, _sensor.Configure());
        (int, int)[] expected = [(0x6B, 0x80), (0x6B, 0x01), (0x19, 9), (0x1B, 0x08), (0x1A, 0x04), (0x1C, 0x08)];
        Assert.Equal(expected, _bus.Writes);
        Assert.InRange(_bus.WriteTimes[1] - _bus.WriteTimes[0], 100_000, long.MaxValue);
    }

    [Fact]
    public void The_die_temperature_follows_the_register_map()
    {
        Setup();
        Assert.Equal(SensorStatus.Ok, _sensor.ReadTemperature(out int centiCelsius));
        Assert.Equal(2477, centiCelsius, 1.0); // -4000 / 340 + 36.53
    }

    private void Setup()
    {
        Assert.Equal(SensorStatus.Ok, _sensor.Identify());
        Assert.Equal(SensorStatus.Ok, _sensor.Configure());
        _bus.Writes.Clear();
        _bus.WriteTimes.Clear();
    }
}
