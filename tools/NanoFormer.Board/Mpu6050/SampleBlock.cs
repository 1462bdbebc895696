using System.Buffers.Binary;
using System.Numerics;
using static NanoFormer.Board.Mpu6050Registers;

namespace NanoFormer.Board;

/// <summary>
/// The 14 data bytes behind registers 0x3B to 0x48: acceleration, temperature and angular rate as big-endian int16, clipped at full
/// scale; and the FIFO packets made of them.
/// </summary>
internal sealed class SampleBlock(double temperatureZeroCelsius, double temperatureStepsPerDegree)
{
    private const int Length = LastDataOut - AccelOut + 1;
    private const int TemperatureOffset = TemperatureOut - AccelOut;
    private const int GyroOffset = GyroOut - AccelOut;
    private const int AxisCount = 3;

    private static readonly double[] AccelStepsPerG = [16384, 8192, 4096, 2048];
    private static readonly double[] GyroStepsPerDegreePerSecond = [131, 65.5, 32.8, 16.4];

    private readonly byte[] _bytes = new byte[Length];

    /// <summary>Sets every value to 0.</summary>
    public void Clear() => Array.Clear(_bytes);

    /// <summary>Copies the block to where a burst read finds it.</summary>
    public void CopyTo(byte[] registers) => _bytes.CopyTo(registers, AccelOut);

    /// <summary>Takes an acceleration in g at a full scale of 2, 4, 8 or 16 g (AFS_SEL 0 to 3).</summary>
    public void PutAcceleration(Vector3 value, int fullScale, bool keepsX = false)
    {
        var (high, low) = (_bytes[0], _bytes[1]);
        PutVector(0, value, AccelStepsPerG[fullScale]);
        if (keepsX)
        {
            (_bytes[0], _bytes[1]) = (high, low);
        }
    }

    /// <summary>Takes an angular rate in degrees per second at a full scale of 250, 500, 1000 or 2000 (FS_SEL 0 to 3).</summary>
    public void PutAngularRate(Vector3 value, int fullScale) => PutVector(GyroOffset, value, GyroStepsPerDegreePerSecond[fullScale]);

    /// <summary>Takes a temperature in degrees Celsius.</summary>
    public void PutTemperature(double celsius) => Put(TemperatureOffset, (celsius - temperatureZeroCelsius) * temperatureStepsPerDegree);

    /// <summary>Writes the packet that FIFO_EN selects: acceleration, temperature, gyroscope; true on overflow.</summary>
    public bool WritePacket(SensorFifo fifo, byte selected)
    {
        bool overflow = false;
        if ((selected & FifoAccel) != 0)
        {
            overflow |= fifo.Write(_bytes.AsSpan(0, 2 * AxisCount));
        }

        if ((selected & FifoTemperature) != 0)
        {
            overflow |= fifo.Write(_bytes.AsSpan(TemperatureOffset, 2));
        }

        for (int axis = 0; axis < AxisCount; axis++)
        {
            if ((selected & (FifoGyroX >> axis)) != 0)
            {
                overflow |= fifo.Write(_bytes.AsSpan(GyroOffset + (2 * axis), 2));
            }
        }

        return overflow;
    }

    private void PutVector(int offset, Vector3 value, double stepsPerUnit)
    {
        for (int axis = 0; axis < AxisCount; axis++)
        {
            Put(offset + (2 * axis), value[axis] * stepsPerUnit);
        }
    }

    private void Put(int offset, double steps)
    {
        short value = (short)Math.Clamp(Math.Round(steps), short.MinValue, short.MaxValue);
        BinaryPrimitives.WriteInt16BigEndian(_bytes.AsSpan(offset), value);
    }
}
