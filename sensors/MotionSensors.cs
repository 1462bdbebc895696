namespace NanoFormer.Sensors
{
    /// <summary>The motion sensors that this firmware knows. A new one is named here, and nowhere else in the firmware.</summary>
    public static class MotionSensors
    {
        /// <summary>I2C address at which they are looked for.</summary>
        public const int I2cAddress = Mpu6050.I2cAddress;

        /// <summary>The driver for the sensor on a bus; touches no register.</summary>
        /// <param name="bus">The sensor's registers.</param>
        /// <param name="clock">The host's time.</param>
        /// <param name="rateHertz">Samples per second while capturing: 1000 / n for n = 4..100.</param>
        /// <param name="acceptsUnknown">Whether a chip of an unknown identity is used as far as all have things in common.</param>
        public static IMotionSensor Create(IRegisterBus bus, IClock clock, int rateHertz, bool acceptsUnknown)
        {
            return new Mpu6050(bus, clock, rateHertz, acceptsUnknown);
        }
    }
}
