using System.Numerics;

namespace NanoFormer.Board.Tests;

public class Mpu6050RegisterTests
{
    [Fact]
    public void Reset_values_are_zero_but_for_sleep_identity_and_the_factorys_self_test_codes()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        for (byte register = 0; register < 0x76; register++)
        {
            int expected = register switch
            {
                0x0D => (4 << 5) | 12, // high bits of 16, 17, 20 beside 12, 15, 18
                0x0E => (4 << 5) | 15,
                0x0F => (5 << 5) | 18,
                0x10 => 0b00_01_00, // low bits of 16, 17, 20
                0x6B => 0x40,
                0x75 => 0x68,
                _ => 0,
            };
            Assert.Equal(expected, bench.Read(register));
        }
    }

    [Fact]
    public void A_sleeping_chip_does_not_sample()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Clock.Advance(1_000_000);
        Assert.Equal(0, bench.Read(0x3A));
        Assert.Equal(0, bench.ReadInt16(0x3F));
        Assert.Null(bench.Clock.NextEvent);
    }

    [Fact]
    public void Values_are_big_endian_in_chip_order()
    {
        using var bench = SensorBench.Still(new Vector3(-0.5f, 0.25f, 1), new Vector3(100, -50, 2));
        bench.WakeUp();
        bench.Clock.Advance(10_000);
        byte[] bytes = bench.Read(0x3B, 14);
        Assert.Equal([0xE0, 0x00, 0x10, 0x00, 0x40, 0x00], bytes[..6]);      // -8192, 4096, 16384
        Assert.Equal([0xF7, 0x54], bytes[6..8]);                             // (30 - 36.53) * 340 = -2220
        Assert.Equal([0x33, 0x2C, 0xE6, 0x6A, 0x01, 0x06], bytes[8..]);      // 13100, -6550, 262
    }

    [Theory]
    [InlineData(0, 16384, 131)]
    [InlineData(1, 8192, 65.5)]
    [InlineData(2, 4096, 32.8)]
    [InlineData(3, 2048, 16.4)]
    public void Full_scale_sets_the_step_and_clips(int setting, double stepsPerG, double stepsPerDegree)
    {
        using var bench = SensorBench.Still(new Vector3(1.5f, 20, -20), new Vector3(200, 3000, -3000));
        bench.Write(0x1B, (byte)(setting << 3));
        bench.Write(0x1C, (byte)(setting << 3));
        bench.WakeUp();
        bench.Clock.Advance(10_000);
        Assert.Equal((short)Math.Round(1.5 * stepsPerG), bench.ReadInt16(0x3B));
        Assert.Equal(short.MaxValue, bench.ReadInt16(0x3D));
        Assert.Equal(short.MinValue, bench.ReadInt16(0x3F));
        Assert.Equal((short)Math.Round(200 * stepsPerDegree), bench.ReadInt16(0x43));
        Assert.Equal(short.MaxValue, bench.ReadInt16(0x45));
        Assert.Equal(short.MinValue, bench.ReadInt16(0x47));
    }

    [Theory]
    [InlineData(3, 0, 1000)]
    [InlineData(3, 19, 50)]
    [InlineData(6, 255, 3)]
    [InlineData(0, 0, 8000)]
    [InlineData(0, 79, 100)]
    [InlineData(7, 7, 1000)]
    public void The_sample_rate_follows_the_divider_and_the_low_pass_setting(byte lowPass, byte divider, int expected)
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Write(0x38, 0x01);
        bench.WakeUp(lowPass, divider);
        Assert.Equal(expected, bench.CountPulses(1.0));
    }

    [Theory]
    [InlineData(0x07, 10)]
    [InlineData(0x47, 40)]
    [InlineData(0x87, 160)]
    [InlineData(0xC7, 320)]
    public void Cycle_mode_wakes_at_its_rate_with_the_accelerometer_alone(byte power2, int expectedInEightSeconds)
    {
        using var bench = SensorBench.Still(Vector3.UnitX, new Vector3(90, 90, 90));
        bench.Write(0x38, 0x01);
        bench.Write(0x6C, power2);
        bench.Write(0x6B, 0x20);
        Assert.Equal(expectedInEightSeconds, bench.CountPulses(8.0));
        Assert.Equal(16384, bench.ReadInt16(0x3B));
        Assert.Equal(0, bench.ReadInt16(0x43));
    }

    [Fact]
    public void Standby_silences_axes_one_by_one()
    {
        using var bench = SensorBench.Still(Vector3.One, new Vector3(10, 10, 10));
        bench.Write(0x6C, 0x12);    // accelerometer y, gyroscope y
        bench.WakeUp();
        bench.Clock.Advance(10_000);
        Assert.Equal((16384, 0, 16384), (bench.ReadInt16(0x3B), bench.ReadInt16(0x3D), bench.ReadInt16(0x3F)));
        Assert.Equal((1310, 0, 1310), (bench.ReadInt16(0x43), bench.ReadInt16(0x45), bench.ReadInt16(0x47)));
    }

    [Fact]
    public void A_stopped_clock_stops_sampling()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.Write(0x38, 0x01);
        bench.WakeUp();
        bench.Write(0x6B, 0x07);
        Assert.Equal(0, bench.CountPulses(1.0));
    }

    [Fact]
    public void Device_reset_restores_the_reset_values()
    {
        using var bench = SensorBench.Still(Vector3.UnitZ);
        bench.WakeUp();
        bench.Write(0x1F, 20);
        bench.Write(0x23, 0x08);
        bench.Write(0x6A, 0x40);
        bench.Clock.Advance(20_000);
        bench.Write(0x6B, 0x80);
        Assert.Equal(0x40, bench.Read(0x6B));
        Assert.Equal(0, bench.Read(0x1F));
        Assert.Equal(0, bench.FifoCount());
        Assert.Equal(0, bench.ReadInt16(0x3F));
    }

    [Fact]
    public void Read_only_registers_ignore_writes()
    {
        using var bench = SensorBench.Still();
        foreach (byte register in new byte[] { 0x3A, 0x3B, 0x48, 0x61, 0x72, 0x73, 0x75 })
        {
            byte before = bench.Read(register);
            bench.Write(register, 0x5A);
            Assert.Equal(before, bench.Read(register));
        }
    }

    [Fact]
    public void Registers_increment_in_a_burst_and_self_clearing_bits_clear()
    {
        using var bench = SensorBench.Still();
        bench.Device.Write([0x19, 7, 3, 0x08, 0x10]);
        Assert.Equal([7, 3, 0x08, 0x10], bench.Read(0x19, 4));
        bench.Write(0x6A, 0x47);
        bench.Write(0x68, 0x07);
        Assert.Equal(0x40, bench.Read(0x6A));
        Assert.Equal(0, bench.Read(0x68));
    }

    [Fact]
    public void A_burst_longer_than_a_sample_period_still_shows_one_instant()
    {
        static Vector3 Wobble(double seconds) => new((float)(0.9 * Math.Sin(2 * Math.PI * 37 * seconds)));
        using var bench = new SensorBench(new FunctionMotion(Wobble), bitsPerSecond: 50_000);
        bench.WakeUp(lowPass: 1);
        bench.Clock.Advance(50_000);
        var seen = new HashSet<string>();
        for (int round = 0; round < 20; round++)
        {
            long before = bench.Clock.Microseconds;
            byte[] bytes = bench.Read(0x3B, 6);
            Assert.True(bench.Clock.Microseconds - before > 1000);
            Assert.Equal(bytes[..2], bytes[2..4]);
            Assert.Equal(bytes[..2], bytes[4..]);
            seen.Add(Convert.ToHexString(bytes));
        }

        Assert.True(seen.Count > 10);
    }
}
