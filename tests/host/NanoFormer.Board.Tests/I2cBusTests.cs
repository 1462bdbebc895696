using System.Numerics;

namespace NanoFormer.Board.Tests;

public class I2cBusTests
{
    [Theory]
    [InlineData(1, 400_000)]
    [InlineData(14, 400_000)]
    [InlineData(1000, 400_000)]
    [InlineData(14, 100_000)]
    public void A_transfer_takes_nine_bits_a_byte(int bytes, int bitsPerSecond)
    {
        using var bench = new SensorBench(FunctionMotion.Constant(Vector3.Zero), bitsPerSecond: bitsPerSecond);
        long before = bench.Clock.Microseconds;
        _ = bench.Read(0x74, bytes);

        // Address and register, address again, the bytes; START, repeated START and STOP take a bit each.
        int bits = (9 * (3 + bytes)) + 3;
        Assert.Equal(bits * 1e6 / bitsPerSecond, bench.Clock.Microseconds - before, 1.0);
    }

    [Fact]
    public void Fractions_of_a_microsecond_are_not_lost()
    {
        using var bench = SensorBench.Still();
        for (int index = 0; index < 1000; index++)
        {
            _ = bench.Read(0x75);
        }

        Assert.Equal(1000 * 39 * 2.5, bench.Clock.Microseconds, 1.0);
    }

    [Fact]
    public void An_address_without_a_chip_throws_what_linux_throws()
    {
        using var bench = SensorBench.Still();
        using var absent = bench.Board.Bus.CreateDevice(0x50);
        var error = Assert.Throws<IOException>(() => absent.WriteByte(0));
        Assert.Equal("Error 121 performing I2C data transfer.", error.Message);
        Assert.Throws<IOException>(() => absent.ReadByte());
        Assert.Equal(0x68, bench.Read(0x75));
        Assert.Equal(2, bench.Board.Bus.NackCount);
    }

    [Fact]
    public void An_address_opens_once_until_it_is_disposed_of()
    {
        using var bench = SensorBench.Still();
        Assert.Throws<ArgumentException>(() => bench.Board.Bus.CreateDevice(0x68));
        bench.Device.Dispose();
        using var again = bench.Board.Bus.CreateDevice(0x68);
        Assert.Equal((1, 0x68), (again.ConnectionSettings.BusId, again.ConnectionSettings.DeviceAddress));
        Assert.Throws<ObjectDisposedException>(() => bench.Device.ReadByte());
    }

    [Fact]
    public void A_plain_read_goes_on_where_the_register_pointer_stands()
    {
        using var bench = SensorBench.Still();
        bench.Device.Write([0x19, 5, 6]);
        bench.Device.WriteByte(0x19);
        Assert.Equal(5, bench.Device.ReadByte());
        Assert.Equal(6, bench.Device.ReadByte());
    }

    [Fact]
    public void The_chip_goes_on_sampling_under_a_transfer()
    {
        using var bench = SensorBench.Still();
        bench.WakeUp();
        bench.Write(0x23, 0x78);
        bench.Write(0x6A, 0x40);
        for (int index = 0; index < 10; index++)
        {
            _ = bench.Read(0x00, 100);
        }

        // A thousand bytes and their addresses: 23.2 ms.
        Assert.InRange(bench.FifoCount(), 23 * 12, 24 * 12);
    }

    [Fact]
    public void A_transfer_inside_a_transfer_is_refused()
    {
        using var bench = SensorBench.Still();
        bench.Clock.ScheduleAfter(30, () => bench.Read(0x75));
        Assert.Throws<InvalidOperationException>(() => bench.Read(0x3B, 14));
        Assert.Equal(0x68, bench.Read(0x75));
    }
}
