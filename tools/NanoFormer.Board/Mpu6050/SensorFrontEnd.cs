using System.Numerics;

namespace NanoFormer.Board;

/// <summary>From motion to digital samples: bias, noise and the low-pass filter, run at the chip's internal rate.</summary>
internal sealed class SensorFrontEnd(IMotionSource motion, Mpu6050Options options, double internalRateHz = 1000)
{
    private const int AxisCount = 3;

    private static readonly double[] AccelBandwidthHz = [260, 184, 94, 44, 21, 10, 5];
    private static readonly double[] GyroBandwidthHz = [256, 188, 98, 42, 20, 10, 5];

    private readonly GaussianNoise _noise = new(options.Seed);
    private readonly DigitalLowPass[] _accelFilters = NewFilters();
    private readonly DigitalLowPass[] _gyroFilters = NewFilters();

    /// <summary>Acceleration in g, filtered.</summary>
    public Vector3 Acceleration { get; private set; }

    /// <summary>Angular rate in degrees per second, filtered.</summary>
    public Vector3 AngularRate { get; private set; }

    /// <summary>Takes DLPF_CFG, 0 to 7; 7 is reserved and works as 0.</summary>
    public void SetBandwidth(int lowPassSetting)
    {
        int setting = lowPassSetting < AccelBandwidthHz.Length ? lowPassSetting : 0;
        SetBandwidth(AccelBandwidthHz[setting], GyroBandwidthHz[setting]);
    }

    /// <summary>Takes the two bandwidths in Hz.</summary>
    public void SetBandwidth(double accelHz, double gyroHz)
    {
        for (int axis = 0; axis < AxisCount; axis++)
        {
            _accelFilters[axis].SetBandwidth(accelHz, internalRateHz);
            _gyroFilters[axis].SetBandwidth(gyroHz, internalRateHz);
        }
    }

    /// <summary>Makes the filters forget.</summary>
    public void Reset()
    {
        Array.ForEach(_accelFilters, filter => filter.Reset());
        Array.ForEach(_gyroFilters, filter => filter.Reset());
    }

    /// <summary>One internal step at a time in seconds; axes in standby give 0.</summary>
    public void Step(double seconds, byte standby)
    {
        var truth = motion.At(seconds);
        double perStep = Math.Sqrt(internalRateHz / 2);
        Acceleration = Filtered(_accelFilters, Measured(truth.Acceleration, options.AccelBias, options.AccelNoiseDensity * perStep));
        AngularRate = Filtered(_gyroFilters, Measured(truth.AngularRate, options.GyroBias, options.GyroNoiseDensity * perStep));
        SilenceStandby(standby);
    }

    /// <summary>The single, unfiltered acceleration sample of a wake-up in cycle mode, with the noise of the widest bandwidth.</summary>
    public void WakeUpSample(double seconds, byte standby)
    {
        double deviation = options.AccelNoiseDensity * Math.Sqrt(AccelBandwidthHz[0]);
        Acceleration = Measured(motion.At(seconds).Acceleration, options.AccelBias, deviation);
        AngularRate = Vector3.Zero;
        SilenceStandby(standby);
        Reset();
    }

    private static DigitalLowPass[] NewFilters() => [new(), new(), new()];

    private static Vector3 Filtered(DigitalLowPass[] filters, Vector3 input) => new(
        (float)filters[0].Step(input.X), (float)filters[1].Step(input.Y), (float)filters[2].Step(input.Z));

    private Vector3 Measured(Vector3 truth, Vector3 bias, double deviation) =>
        truth + bias + (deviation == 0 ? Vector3.Zero : _noise.NextVector((float)deviation));

    private void SilenceStandby(byte standby)
    {
        Acceleration = Silenced(Acceleration, standby, Mpu6050Registers.StandbyAccelX);
        AngularRate = Silenced(AngularRate, standby, Mpu6050Registers.StandbyGyroX);
    }

    private static Vector3 Silenced(Vector3 value, byte standby, int bitOfX) => new(
        (standby & bitOfX) != 0 ? 0 : value.X,
        (standby & (bitOfX >> 1)) != 0 ? 0 : value.Y,
        (standby & (bitOfX >> 2)) != 0 ? 0 : value.Z);
}
