namespace NanoFormer.Board;

/// <summary>Power modes of the sensor, as the power figures know them.</summary>
public enum SensorPowerMode
{
    /// <summary>Unplugged.</summary>
    Off,

    /// <summary>SLEEP bit set, or everything in standby.</summary>
    Sleep,

    /// <summary>Cycle mode, accelerometer woken 1.25 times per second.</summary>
    Cycle1Hz25,

    /// <summary>Cycle mode at 5 Hz.</summary>
    Cycle5Hz,

    /// <summary>Cycle mode at 20 Hz.</summary>
    Cycle20Hz,

    /// <summary>Cycle mode at 40 Hz.</summary>
    Cycle40Hz,

    /// <summary>Accelerometer at a low rate in its low-power mode (LSM6DSO).</summary>
    AccelLowPower,

    /// <summary>Accelerometer on, gyroscopes in standby.</summary>
    AccelOnly,

    /// <summary>Accelerometer and at least one gyroscope on.</summary>
    AccelAndGyro,
}
