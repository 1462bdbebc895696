using System.Numerics;

namespace NanoFormer.Board;

/// <summary>
/// The chip's self-test (register map RM-MPU-6000A, registers 13 to 16): codes of the factory's responses, and how far each axis moves
/// while its self-test bit is set.
/// </summary>
public sealed record SensorSelfTest
{
    private const int BitOfX = 0x80;

    /// <summary>Factory codes of the accelerometer's axes, 1..31; 0 for none.</summary>
    public IReadOnlyList<int> AccelCodes { get; init; } = [16, 17, 20];

    /// <summary>Factory codes of the gyroscope's axes, 1..31; 0 for none.</summary>
    public IReadOnlyList<int> GyroCodes { get; init; } = [12, 15, 18];

    /// <summary>Responses now over responses then: accelerometer X Y Z, gyroscope X Y Z.</summary>
    public IReadOnlyList<double> Ageing { get; init; } = [1, 1, 1, 1, 1, 1];

    /// <summary>Acceleration in g that the set self-test bits add.</summary>
    internal Vector3 Acceleration(byte config) => Response(config, axis =>
        AccelCodes[axis] == 0 ? 0 : 0.34 * Math.Pow(0.92 / 0.34, (AccelCodes[axis] - 1) / 30.0) * Ageing[axis]);

    /// <summary>Angular rate in degrees per second that the set self-test bits add; Y turns the other way.</summary>
    internal Vector3 AngularRate(byte config) => Response(config, axis =>
        GyroCodes[axis] == 0 ? 0 : (axis == 1 ? -25 : 25) * Math.Pow(1.046, GyroCodes[axis] - 1) * Ageing[3 + axis]);

    /// <summary>Puts the codes where the chip shows them.</summary>
    internal void CodesTo(byte[] registers)
    {
        byte low = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            registers[Mpu6050Registers.SelfTestX + axis] = (byte)(((AccelCodes[axis] >> 2) << 5) | GyroCodes[axis]);
            low |= (byte)((AccelCodes[axis] & 3) << (4 - (2 * axis)));
        }

        registers[Mpu6050Registers.SelfTestAccel] = low;
    }

    private static Vector3 Response(byte config, Func<int, double> response) => new(
        Moved(config, 0, response), Moved(config, 1, response), Moved(config, 2, response));

    private static float Moved(byte config, int axis, Func<int, double> response) =>
        (config & (BitOfX >> axis)) != 0 ? (float)response(axis) : 0;
}
