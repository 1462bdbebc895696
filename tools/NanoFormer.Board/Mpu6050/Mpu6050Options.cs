using System.Numerics;

namespace NanoFormer.Board;

/// <summary>The individual chip: identity, imperfections and the contested unit of its threshold register.</summary>
public sealed record Mpu6050Options
{
    /// <summary>Answer of WHO_AM_I, which also tells how the part is built; 0x68 for the genuine one.</summary>
    public byte WhoAmI { get; init; } = 0x68;

    /// <summary>False for a clone whose motion detection never fires.</summary>
    public bool HasMotionDetection { get; init; } = true;

    /// <summary>Unit of MOT_THR in g: 0.002 (i2cdevlib) or 0.032 (product specification 3.4, section 6.2).</summary>
    public double GPerThresholdStep { get; init; } = 0.002;

    /// <summary>Zero-g offset in g.</summary>
    public Vector3 AccelBias { get; init; } = new(0.010f, -0.008f, 0.012f);

    /// <summary>Zero-rate output in degrees per second.</summary>
    public Vector3 GyroBias { get; init; } = new(0.4f, -0.3f, 0.2f);

    /// <summary>Accelerometer noise density in g per root Hz; product specification: 400 ug.</summary>
    public double AccelNoiseDensity { get; init; } = 400e-6;

    /// <summary>Gyroscope noise density in degrees per second per root Hz; product specification: 0.005.</summary>
    public double GyroNoiseDensity { get; init; } = 0.005;

    /// <summary>How the axes answer the self-test.</summary>
    public SensorSelfTest SelfTest { get; init; } = new();

    /// <summary>Temperature of the die in degrees Celsius.</summary>
    public double TemperatureCelsius { get; init; } = 30;

    /// <summary>The chip's clock against the board's.</summary>
    public SensorOscillator Oscillator { get; init; } = new();

    /// <summary>Seed of noise and jitter.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A chip without noise, bias or clock error, for exact comparisons.</summary>
    public static Mpu6050Options Ideal { get; } = new()
    {
        AccelBias = Vector3.Zero,
        GyroBias = Vector3.Zero,
        AccelNoiseDensity = 0,
        GyroNoiseDensity = 0,
    };
}
