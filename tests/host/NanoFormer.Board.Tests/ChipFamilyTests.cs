using System.Numerics;

namespace NanoFormer.Board.Tests;

/// <summary>The parts that share the MPU-6050's registers, each by its maker's register map.</summary>
public class ChipFamilyTests
{
    private const byte MotionBits = 0xE0;

    /// <summary>The die has 30 degrees: (30 - 21) * 333.87 = 3005 on an MPU-6500, (30 - 25) * 326.8 = 1634 on an ICM-206xx.</summary>
    [Theory]
    [InlineData(0x70, 0x1F, 0x40, 512, 12, 3005)]  // MPU-6500
    [InlineData(0x71, 0x1F, 0x40, 512, 12, 3005)]  // MPU-9250
    [InlineData(0x72, 0x1F, 0x40, 512, 12, 3005)]
    [InlineData(0x73, 0x1F, 0x40, 512, 12, 3005)]  // MPU-9255
    [InlineData(0x74, 0x1F, 0x40, 512, 12, 3005)]  // MPU-6515
    [InlineData(0x98, 0x20, 0x80, 4096, 12, 1634)] // ICM-20689
    [InlineData(0xAE, 0x20, 0x80, 512, 12, 1634)]  // ICM-20608-D
    [InlineData(0xAF, 0x20, 0x80, 512, 12, 1634)]  // ICM-20608-G
    [InlineData(0x11, 0x20, 0x80, 1008, 14, 1634)] // ICM-20600
    [InlineData(0x12, 0x20, 0x80, 1008, 14, 1634)] // ICM-20602
    [InlineData(0x19, 0x20, 0x80, 1024, 14, 1634)] // MPU6886
    public void Part_is_as_its_register_map_says(byte identity, byte threshold, byte motionAlongX, int fifoBytes, int packetBytes, short temperature)
    {
        Assert.Equal(0, MotionSeen(identity, threshold, steps: byte.MaxValue));
        Assert.Equal(motionAlongX, MotionSeen(identity, threshold, steps: 25));

        using var bench = With(identity, FunctionMotion.Constant(Vector3.UnitZ));
        bench.WakeUp(divider: 9);
        bench.Write(0x23, packetBytes == 14 ? (byte)0x18 : (byte)0x78);
        bench.Write(0x6A, 0x40);
        bench.Clock.Advance(55_000);
        Assert.InRange(bench.ReadInt16(0x41), temperature - 1, temperature + 1);
        Assert.InRange(bench.FifoCount(), 5 * packetBytes, 6 * packetBytes);
        Assert.Equal(0, bench.FifoCount() % packetBytes);
        byte[] packet = bench.Read(0x74, packetBytes);
        Assert.Equal([0x40, 0x00], packet[4..6]); // z
        Assert.Equal(packetBytes == 14 ? bench.ReadInt16(0x41) : 0, (short)((packet[6] << 8) | packet[7]));

        bench.Clock.Advance(5_000_000);
        Assert.Equal(fifoBytes, bench.FifoCount());
    }

    /// <summary>Motion bits of the status after jumps of 0.4 g along x, with a threshold in one register and the largest one in its neighbours.</summary>
    private static int MotionSeen(byte identity, byte threshold, byte steps)
    {
        using var bench = With(identity, new FunctionMotion(t => new Vector3(t % 0.04 < 0.02 ? 0 : 0.4f, 0, 1)));
        bench.Write(0x69, 0xC0);
        foreach (byte register in new byte[] { 0x1F, 0x20, 0x21, 0x22 })
        {
            bench.Write(register, register == threshold ? steps : byte.MaxValue);
        }

        bench.WakeUp(lowPass: 1);
        bench.Clock.Advance(100_000);
        return bench.Read(0x3A) & MotionBits;
    }

    private static SensorBench With(byte identity, IMotionSource motion) => new(motion, faults: new FaultPlan { CloneWhoAmI = identity });
}
