namespace NanoFormer.Sensors
{
    /// <summary>Register addresses and bits of the MPU6050 (register map PS/RM-MPU-6000A, rev 3.2 for motion detection).</summary>
    public static class Mpu6050Registers
    {
        /// <summary>First of four registers with the factory's self-test codes: X, Y, Z, and the accelerometer's low bits.</summary>
        public const int SelfTestX = 0x0D;

        /// <summary>Sample rate = 1 kHz / (1 + value) while the low-pass filter is on.</summary>
        public const int SampleRateDivider = 0x19;

        /// <summary>Low-pass filter in bits 2:0.</summary>
        public const int Config = 0x1A;

        /// <summary>Gyroscope range in bits 4:3.</summary>
        public const int GyroConfig = 0x1B;

        /// <summary>Accelerometer range in bits 4:3, high-pass filter of the motion detector in 2:0.</summary>
        public const int AccelConfig = 0x1C;

        /// <summary>MPU6500 family only: accelerometer low-pass filter (free-fall threshold on the MPU6050, unused).</summary>
        public const int AccelConfig2 = 0x1D;

        /// <summary>MPU6500 family only: wake-up rate in low power (free-fall duration on the MPU6050, unused).</summary>
        public const int LowPowerAccelRate = 0x1E;

        /// <summary>Motion threshold.</summary>
        public const int MotionThreshold = 0x1F;

        /// <summary>Motion duration, 1 ms per step.</summary>
        public const int MotionDuration = 0x20;

        /// <summary>ICM-206xx family only: motion threshold of X; Y and Z follow.</summary>
        public const int MotionThresholdX = 0x20;

        /// <summary>Which sensors feed the FIFO.</summary>
        public const int FifoEnable = 0x23;

        /// <summary>First address register of the auxiliary I2C master, which is always off; see <see cref="Mpu6050Scratch"/>.</summary>
        public const int Slave0Address = 0x25;

        /// <summary>Behaviour of the interrupt pin.</summary>
        public const int InterruptPinConfig = 0x37;

        /// <summary>Which events raise the interrupt pin.</summary>
        public const int InterruptEnable = 0x38;

        /// <summary>Which events happened; reading clears it and releases a latched pin.</summary>
        public const int InterruptStatus = 0x3A;

        /// <summary>Acceleration X, first of fourteen data bytes: acceleration, temperature, rotation; big-endian.</summary>
        public const int AccelX = 0x3B;

        /// <summary>Die temperature, two bytes, big-endian.</summary>
        public const int Temperature = 0x41;

        /// <summary>First output register of the auxiliary I2C master.</summary>
        public const int Slave0Output = 0x63;

        /// <summary>Motion detector control (MPU6050) or accelerometer intelligence control (MPU6500 family).</summary>
        public const int MotionControl = 0x69;

        /// <summary>FIFO on, FIFO reset.</summary>
        public const int UserControl = 0x6A;

        /// <summary>Reset, sleep, cycle mode, clock source.</summary>
        public const int PowerManagement1 = 0x6B;

        /// <summary>Wake-up rate of cycle mode, standby of each axis.</summary>
        public const int PowerManagement2 = 0x6C;

        /// <summary>Bytes in the FIFO, two bytes, big-endian.</summary>
        public const int FifoCount = 0x72;

        /// <summary>The FIFO's data port; a burst stays on this address.</summary>
        public const int FifoData = 0x74;

        /// <summary>Identity of the chip.</summary>
        public const int WhoAmI = 0x75;

        /// <summary>InterruptEnable, InterruptStatus: motion.</summary>
        public const int MotionBit = 0x40;

        /// <summary>InterruptEnable, InterruptStatus: FIFO overflow.</summary>
        public const int FifoOverflowBit = 0x10;

        /// <summary>InterruptPinConfig: the pin stays up until the status is read.</summary>
        public const int LatchBit = 0x20;

        /// <summary>FifoEnable: three gyroscope axes and the accelerometer.</summary>
        public const int FifoAccelAndGyro = 0x78;

        /// <summary>FifoEnable of the ICM-20602 and its kin: gyroscope and accelerometer.</summary>
        public const int FifoAccelAndGyroOneBitEach = 0x18;

        /// <summary>UserControl: FIFO on.</summary>
        public const int FifoOnBit = 0x40;

        /// <summary>UserControl: empty the FIFO; clears itself.</summary>
        public const int FifoResetBit = 0x04;

        /// <summary>PowerManagement1: reset every register; clears itself.</summary>
        public const int ResetBit = 0x80;

        /// <summary>PowerManagement1: everything off but the registers.</summary>
        public const int SleepBit = 0x40;

        /// <summary>PowerManagement1: take single accelerometer samples and sleep between them.</summary>
        public const int CycleBit = 0x20;

        /// <summary>PowerManagement1: clock from the X gyroscope's PLL, steadier than the internal oscillator.</summary>
        public const int GyroClock = 0x01;

        /// <summary>PowerManagement2: cycle at 5 Hz, gyroscopes in standby.</summary>
        public const int Cycle5HzGyrosOff = 0x47;

        /// <summary>PowerManagement2: accelerometer on, gyroscopes in standby.</summary>
        public const int GyrosOff = 0x07;

        /// <summary>AccelConfig: the motion detector compares with the sample held when this was set.</summary>
        public const int HighPassHold = 0x07;

        /// <summary>AccelConfig: range +-4 g, 8192 steps per g.</summary>
        public const int Accel4G = 0x08;

        /// <summary>AccelConfig: range +-8 g, 4096 steps per g, for the self-test.</summary>
        public const int Accel8G = 0x10;

        /// <summary>GyroConfig, AccelConfig: move all three axes electrically.</summary>
        public const int SelfTestBits = 0xE0;

        /// <summary>GyroConfig: range +-500 degrees per second, 65.5 steps per degree per second.</summary>
        public const int Gyro500Dps = 0x08;

        /// <summary>Config, AccelConfig2: low-pass filter of about 20 Hz, gyroscope at 1 kHz.</summary>
        public const int LowPass20Hz = 0x04;
    }
}
