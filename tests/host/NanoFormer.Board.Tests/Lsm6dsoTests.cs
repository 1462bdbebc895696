using System.Device.I2c;
using System.Numerics;

namespace NanoFormer.Board.Tests;

/// <summary>The LSM6DSO by its data sheet (DS12140) and application note (AN5192).</summary>
public sealed class Lsm6dsoTests : IDisposable
{
    private const int Rate104Hz = 0x40;
    private const int SampleMicroseconds = 9_616;

    private readonly SimulatedBoard _board;
    private readonly I2cDevice _device;
    private Vector3 _acceleration = Vector3.UnitZ;

    public Lsm6dsoTests()
    {
        _board = new SimulatedBoard(
            new FunctionMotion(_ => _acceleration, _ => new Vector3(100, -50, 0)),
            new SimulatedBoardOptions { Part = SensorPart.Lsm6dso, Sensor = Mpu6050Options.Ideal });
        _device = _board.Bus.CreateDevice(0x6A);
    }

    public void Dispose()
    {
        _device.Dispose();
        _board.Dispose();
    }

    [Fact]
    public void Reset_values()
    {
        foreach (var (register, value) in new (byte, byte)[] { (0x0F, 0x6C), (0x10, 0), (0x11, 0), (0x12, 0x04), (0x18, 0xE0), (0x3A, 0), (0x5E, 0) })
        {
            Assert.Equal(value, Read(register));
        }

        Write(0x10, Rate104Hz);
        Write(0x12, 0x01);
        Assert.Equal(0, Read(0x10));
        Assert.Equal(0x04, Read(0x12));
    }

    /// <summary>CTRL3_C bit 2, IF_INC.</summary>
    [Fact]
    public void Address_stays_where_it_is_without_the_increment()
    {
        Write(0x5B, 0x12);
        Write(0x5C, 0x34);
        Assert.Equal([0x12, 0x34], Read(0x5B, 2));
        Write(0x12, 0x00);
        Assert.Equal([0x12, 0x12], Read(0x5B, 2));
        Write(0x12, 0x44);
        Assert.Equal([0x12, 0x34], Read(0x5B, 2));
    }

    /// <summary>CTRL3_C bit 6, BDU: the upper bits of the count are those of the moment at which the lower ones were read.</summary>
    [Theory]
    [InlineData(0x04, 1)]
    [InlineData(0x44, 0)]
    public void Count_is_of_one_moment_with_block_update(byte control, int upper)
    {
        Write(0x12, control);
        Fill();
        _board.Clock.Advance(127 * SampleMicroseconds); // two words per sample
        int lower = Read(0x3A);
        Assert.InRange(lower, 252, 255);
        _board.Clock.Advance(3 * SampleMicroseconds);
        Assert.Equal(upper, Read(0x3B) & 3);
    }

    /// <summary>Sensor in bits 7:3, count of the sample in 2:1; little-endian; a burst goes round from the last byte to the tag.</summary>
    [Fact]
    public void Words_hold_a_tag_and_three_values()
    {
        Fill();
        _board.Clock.Advance((2 * SampleMicroseconds) + (SampleMicroseconds / 2));
        int words = Read(0x3A);
        Assert.InRange(words, 4, 6);
        byte[] fifo = Read(0x78, 7 * words);
        for (int at = 0; at < words; at++)
        {
            byte[] word = fifo[(7 * at)..(7 * (at + 1))];
            int x = (short)(word[1] | (word[2] << 8));
            int z = (short)(word[5] | (word[6] << 8));
            Assert.Equal(at % 2 == 0 ? 1 : 2, word[0] >> 3);
            Assert.Equal(((fifo[0] >> 1) + (at / 2)) & 3, (word[0] >> 1) & 3);
            Assert.Equal(0, BitOperations.PopCount(word[0]) % 2);
            Assert.Equal(at % 2 == 0 ? 5714 : 0, x, 2.0);    // 100 / 17.5e-3
            Assert.Equal(at % 2 == 0 ? 0 : 8192, z, 2.0);    // 1 g at +-4 g
        }

        Assert.Equal(0, Read(0x3A));
    }

    /// <summary>A step of the threshold is a 64th of the range, or with WAKE_THS_W (0x5C bit 4) a 256th; half the difference is compared.</summary>
    [Theory]
    [InlineData(0x00, 3, true)]
    [InlineData(0x00, 5, false)]
    [InlineData(0x10, 12, true)]
    [InlineData(0x10, 20, false)]
    public void Wake_up_compares_half_the_difference(byte weight, byte threshold, bool wakes)
    {
        Write(0x10, 0x10); // 12.5 Hz, +-2 g
        Write(0x15, 0x10); // low power: no filter in between
        Write(0x5C, weight);
        Write(0x5B, threshold);
        Write(0x56, 0x01);
        Write(0x58, 0x80);
        Write(0x5E, 0x20);
        _board.Clock.Advance(400_000);
        Assert.Equal(0, Read(0x1B));
        _acceleration += new Vector3(0.25f, 0, 0); // half of it is 4 / 64 of 2 g
        _board.Clock.Advance(200_000);

        Assert.Equal(wakes ? PinDrive.High : PinDrive.Low, _board.Sensor.InterruptPin);
        Assert.Equal(wakes ? 0x0C : 0, Read(0x1B)); // WU_IA, X_WU
        Assert.Equal(PinDrive.Low, _board.Sensor.InterruptPin);
    }

    [Fact]
    public void Pages_of_the_embedded_functions_outlive_a_reset_and_no_loss_of_power()
    {
        Page(0x40, () => Write(0x09, 0xA5));
        Write(0x12, 0x01);
        Assert.Equal(0xA5, Page(0x20, () => Assert.Equal(0xA5, Read(0x09))));
        _board.Sensor.Unplug();
        _board.Sensor.PlugIn();
        Page(0x20, () => Assert.Equal(0, Read(0x09)));
    }

    private int Page(byte access, Action use)
    {
        Write(0x01, 0x80);
        Write(0x17, access);
        Write(0x02, 0x41);
        Write(0x08, 7);
        int value = Read(0x09);
        use();
        Write(0x17, 0);
        Write(0x01, 0);
        return value;
    }

    private void Fill()
    {
        Write(0x10, Rate104Hz | 0x08); // +-4 g
        Write(0x11, Rate104Hz | 0x04); // +-500 degrees per second
        _board.Clock.Advance(200_000);
        Write(0x0A, 0);
        Write(0x09, 0x44);
        Write(0x0A, 6);
    }

    private void Write(byte register, byte value) => _device.Write([register, value]);

    private byte Read(byte register) => Read(register, 1)[0];

    private byte[] Read(byte register, int count)
    {
        byte[] bytes = new byte[count];
        _device.WriteRead([register], bytes);
        return bytes;
    }
}
