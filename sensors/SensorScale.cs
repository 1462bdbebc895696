namespace NanoFormer.Sensors
{
    /// <summary>The size of a sensor's steps, as a model image gives it: a step is mantissa * 2^(shift - 31) units.</summary>
    public sealed class SensorScale
    {
        /// <summary>Sets the two scales.</summary>
        public SensorScale(int accelMantissa, int accelShift, int gyroMantissa, int gyroShift)
        {
            AccelMantissa = accelMantissa;
            AccelShift = accelShift;
            GyroMantissa = gyroMantissa;
            GyroShift = gyroShift;
        }

        /// <summary>Acceleration in g: mantissa.</summary>
        public int AccelMantissa { get; }

        /// <summary>Acceleration in g: shift.</summary>
        public int AccelShift { get; }

        /// <summary>Rotation in radians per second: mantissa.</summary>
        public int GyroMantissa { get; }

        /// <summary>Rotation in radians per second: shift.</summary>
        public int GyroShift { get; }
    }
}
