namespace NanoFormer.Board;

/// <summary>The sensors that a simulated board may have.</summary>
public enum SensorPart
{
    /// <summary>MPU-6050, or a part that shares its registers, by its WHO_AM_I.</summary>
    Mpu6050,

    /// <summary>ST's LSM6DSO.</summary>
    Lsm6dso,
}
