namespace NanoFormer.Sensors
{
    /// <summary>The motion sensors that this firmware knows, told apart by their I2C address. A new one is named here, and nowhere else.</summary>
    public static class MotionSensors
    {
        /// <summary>I2C address of the sensor that the firmware is built for: an MPU6050, or an LSM6DSO with NANOFORMER_LSM6DSO.</summary>
#if NANOFORMER_LSM6DSO
        public const int I2cAddress = Lsm6dso.I2cAddress;
#else
        public const int I2cAddress = Mpu6050.I2cAddress;
#endif

        /// <summary>The driver for the sensor on a bus; touches no register.</summary>
        /// <param name="bus">The sensor's registers.</param>
        /// <param name="clock">The host's time.</param>
        /// <param name="rateHertz">Samples per second while capturing: 1000 / n for n = 4..100; the LSM6DSO has 104.</param>
        /// <param name="acceptsUnknown">Whether a chip of an unknown identity is used as far as all have things in common.</param>
        public static IMotionSensor Create(IRegisterBus bus, IClock clock, int rateHertz, bool acceptsUnknown)
        {
            // The lowest bit is that of the address pin.
            return (bus.Address & ~1) == Lsm6dso.I2cAddress
                ? (IMotionSensor)new Lsm6dso(bus, clock)
                : new Mpu6050(bus, clock, rateHertz, acceptsUnknown);
        }
    }
}
