namespace NanoFormer.Sensors
{
    /// <summary>How an MPU6050 samples.</summary>
    public sealed class Mpu6050Settings
    {
        /// <summary>Samples a second while capturing: 1000 / n for n = 4..100. Default 100.</summary>
        /// <remarks>Twice the usual model rate, because linear interpolation dulls whatever lies near half the sensor's rate.</remarks>
        public int SampleRateHertz { get; set; } = 100;

        /// <summary>Milliseconds of motion before the interrupt, 1..255. Default 1.</summary>
        public int MotionDurationMilliseconds { get; set; } = 1;
    }
}
