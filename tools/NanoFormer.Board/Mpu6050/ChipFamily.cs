namespace NanoFormer.Board;

/// <summary>How a part finds motion by itself.</summary>
internal enum MotionLogic
{
    /// <summary>MPU6050: high-pass filter and a counter of samples beyond MOT_THR (0x1F); interrupt bit 6.</summary>
    HighPass,

    /// <summary>MPU6500: difference from the sample before, beyond WOM_THR (0x1F, 4 mg a step); interrupt bit 6.</summary>
    Difference,

    /// <summary>ICM-206xx: the same with a threshold per axis (0x20 to 0x22, 4 mg a step); interrupt bits 7 to 5.</summary>
    DifferencePerAxis,
}

/// <summary>
/// What differs between the parts that share the MPU-6050's registers, by their makers' register maps: MPU-6500 rev 2.1, ICM-20602,
/// ICM-20608-G, ICM-20689 and MPU6886.
/// </summary>
/// <param name="Motion">Motion detection.</param>
/// <param name="FifoBytes">Capacity of the FIFO.</param>
/// <param name="HasOneFifoBitEach">
/// FIFO_EN has one bit for the gyroscope (4) and one for the accelerometer (3), and each packet holds the temperature as well.
/// </param>
/// <param name="TemperatureZeroCelsius">Die temperature at raw 0.</param>
/// <param name="TemperatureStepsPerDegree">Steps per degree Celsius.</param>
internal sealed record ChipFamily(
    MotionLogic Motion, int FifoBytes, bool HasOneFifoBitEach, double TemperatureZeroCelsius, double TemperatureStepsPerDegree)
{
    private static readonly ChipFamily Mpu6050 = new(MotionLogic.HighPass, 1024, false, 36.53, 340);
    private static readonly ChipFamily Mpu6500 = new(MotionLogic.Difference, 512, false, 21, 333.87);

    /// <summary>The family of a WHO_AM_I; an identity that nobody knows is built like an MPU6050.</summary>
    public static ChipFamily Of(byte whoAmI) => whoAmI switch
    {
        0x70 or 0x71 or 0x72 or 0x73 or 0x74 => Mpu6500,
        0x98 => new(MotionLogic.DifferencePerAxis, 4096, false, 25, 326.8),
        0xAE or 0xAF => new(MotionLogic.DifferencePerAxis, 512, false, 25, 326.8),
        0x11 or 0x12 => new(MotionLogic.DifferencePerAxis, 1008, true, 25, 326.8),
        0x19 => new(MotionLogic.DifferencePerAxis, 1024, true, 25, 326.8),
        _ => Mpu6050,
    };
}
