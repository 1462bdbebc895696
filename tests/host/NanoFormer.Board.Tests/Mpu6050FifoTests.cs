using System.Numerics;
using CsCheck;

namespace NanoFormer.Board.Tests;

public class Mpu6050FifoTests
{
    private const int Capacity = 1024;

    // Steps that make every byte of a packet tell its place: 0x0102 0x0304 0x0506, then the gyroscope 0x0708 0x090A 0x0B0C.
    private static readonly Vector3 Acceleration = new Vector3(0x0102, 0x0304, 0x0506) / 16384;
    private static readonly Vector3 Rate = new Vector3(0x0708, 0x090A, 0x0B0C) / 131;
    private static readonly byte[] Packet = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Fact]
    public void Packets_hold_acceleration_then_gyroscope()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        Collect(bench, 0x78, samples: 3);
        Assert.Equal(36, bench.FifoCount());
        Assert.Equal([.. Packet, .. Packet, .. Packet], bench.Read(0x74, 36));
        Assert.Equal(0, bench.FifoCount());
    }

    [Fact]
    public void The_packet_is_what_the_enable_bits_select_in_chip_order() =>
        Gen.Byte.Sample(
            selected =>
            {
                byte enabled = (byte)(selected & 0xF8);
                byte[] temperature = [0xF7, 0x54];
                byte[] expected =
                [
                    .. (enabled & 0x08) != 0 ? Packet[..6] : [],
                    .. (enabled & 0x80) != 0 ? temperature : [],
                    .. (enabled & 0x40) != 0 ? Packet[6..8] : [],
                    .. (enabled & 0x20) != 0 ? Packet[8..10] : [],
                    .. (enabled & 0x10) != 0 ? Packet[10..] : [],
                ];
                using var bench = SensorBench.Still(Acceleration, Rate);
                Collect(bench, enabled, samples: 2);
                Assert.Equal(2 * expected.Length, bench.FifoCount());
                Assert.Equal([.. expected, .. expected], bench.Read(0x74, 2 * expected.Length));
            },
            iter: 40);

    [Theory]
    [InlineData(85)]
    [InlineData(86)]
    [InlineData(100)]
    [InlineData(500)]
    public void Overflow_drops_the_oldest_bytes_and_misaligns_the_packets(int samples)
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        Collect(bench, 0x78, samples);
        int written = samples * Packet.Length;
        int lost = Math.Max(0, written - Capacity);
        Assert.Equal(lost > 0 ? 0x10 : 0, bench.Read(0x3A) & 0x10);
        Assert.Equal(Math.Min(written, Capacity), bench.FifoCount());
        var expected = Enumerable.Range(lost, 24).Select(index => Packet[index % Packet.Length]);
        Assert.Equal(expected, bench.Read(0x74, 24));
    }

    [Fact]
    public void Overflow_can_interrupt()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        bench.Write(0x37, 0x20);
        bench.Write(0x38, 0x10);
        Collect(bench, 0x78, samples: 85);
        Assert.Equal(System.Device.Gpio.PinValue.Low, bench.Interrupt.Read());
        bench.Write(0x23, 0x78);
        bench.Clock.Advance(1500);
        Assert.Equal(System.Device.Gpio.PinValue.High, bench.Interrupt.Read());
    }

    [Fact]
    public void Reading_past_the_end_repeats_the_last_byte()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        Collect(bench, 0x08, samples: 1);
        Assert.Equal([1, 2, 3, 4, 5, 6, 6, 6, 6], bench.Read(0x74, 9));
        Assert.Equal(0, bench.FifoCount());
    }

    [Fact]
    public void Reset_empties_the_fifo_and_clears_its_own_bit()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        Collect(bench, 0x78, samples: 90);
        bench.Write(0x6A, 0x44);
        Assert.Equal(0x40, bench.Read(0x6A));
        Assert.Equal(0, bench.FifoCount());
    }

    [Fact]
    public void Without_its_enable_bit_the_fifo_stays_empty()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        bench.WakeUp();
        bench.Write(0x23, 0x78);
        bench.Clock.Advance(100_000);
        Assert.Equal(0, bench.FifoCount());
    }

    [Fact]
    public void A_disabled_fifo_keeps_its_bytes_but_gives_none()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        Collect(bench, 0x08, samples: 2);
        bench.Write(0x6A, 0x00);
        Assert.Equal([0, 0, 0], bench.Read(0x74, 3));
        bench.Write(0x6A, 0x40);
        Assert.Equal(12, bench.FifoCount());
        Assert.Equal([1, 2, 3], bench.Read(0x74, 3));
    }

    [Fact]
    public void The_count_read_byte_by_byte_belongs_to_one_instant()
    {
        using var bench = SensorBench.Still(Acceleration, Rate);
        Collect(bench, 0x78, samples: 21);
        bench.Write(0x23, 0x78);
        byte high = bench.Read(0x72);
        bench.Clock.Advance(2_000);
        byte low = bench.Read(0x73);
        Assert.Equal(21 * 12, (high << 8) | low);
        Assert.True(bench.FifoCount() > 256);
    }

    /// <summary>Samples at 1 kHz into the FIFO, and stops filling it half way after the last sample.</summary>
    private static void Collect(SensorBench bench, byte selected, int samples)
    {
        bench.WakeUp();
        bench.Write(0x6A, 0x40);
        bench.Clock.Advance(20_000);
        long lastTick = bench.Clock.NextEvent!.Value;
        bench.Clock.AdvanceTo(lastTick + 100);
        bench.Write(0x23, selected);
        bench.Clock.AdvanceTo(lastTick + (1000L * samples) + 500);
        bench.Write(0x23, 0x00);
    }
}
