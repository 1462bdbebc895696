using System.Device.Gpio;
using System.Numerics;

namespace NanoFormer.Board.Tests;

public class Mpu6050InterruptTests
{
    [Fact]
    public void An_unlatched_interrupt_is_a_pulse_of_50_microseconds()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        var edges = new List<(long Time, PinEventTypes Edge)>();
        bench.Interrupt.ValueChanged += (_, edge) => edges.Add((bench.Clock.Microseconds, edge.ChangeType));
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 99);
        bench.Clock.Advance(150_000);
        Assert.Equal([PinEventTypes.Rising, PinEventTypes.Falling], edges.Select(entry => entry.Edge));
        Assert.Equal(50, edges[1].Time - edges[0].Time);
    }

    [Fact]
    public void A_latched_interrupt_stands_until_its_status_is_read()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Write(0x37, 0x20);
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 99);
        bench.Clock.Advance(150_000);
        Assert.Equal(PinValue.High, bench.Interrupt.Read());
        _ = bench.Read(0x3B);
        Assert.Equal(PinValue.High, bench.Interrupt.Read());
        Assert.Equal(0x01, bench.Read(0x3A));
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
        Assert.Equal(0, bench.Read(0x3A));
    }

    [Fact]
    public void With_clear_on_any_read_any_register_releases_the_latch()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Write(0x37, 0x30);
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 99);
        bench.Clock.Advance(150_000);
        _ = bench.Read(0x75);
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
    }

    [Fact]
    public void Active_low_inverts_the_pin()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Write(0x37, 0xA0);
        Assert.Equal(PinValue.High, bench.Interrupt.Read());
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 99);
        bench.Clock.Advance(150_000);
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
    }

    [Fact]
    public void Open_drain_needs_a_pull_up()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Write(0x37, 0xE0);
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
        bench.Interrupt.SetPinMode(PinMode.InputPullUp);
        Assert.Equal(PinValue.High, bench.Interrupt.Read());
        bench.Write(0x38, 0x01);
        bench.WakeUp(3, 99);
        bench.Clock.Advance(150_000);
        Assert.Equal(PinValue.Low, bench.Interrupt.Read());
    }

    [Fact]
    public void A_disabled_interrupt_shows_in_the_status_but_not_on_the_pin()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.WakeUp();
        Assert.Equal(0, bench.CountPulses(0.1));
        Assert.Equal(0x01, bench.Read(0x3A));
    }
}
