namespace NanoFormer.Sensors
{
    /// <summary>Driver of an MPU6050 and of the parts sold under its name.</summary>
    /// <remarks>
    /// Acceleration has 8192 steps per g (+-4 g), rotation 65.5 steps per degree per second (+-500 degrees per second). While capturing,
    /// the FIFO holds packets of 12 bytes, or 14 with the temperature, big-endian, acceleration first; there is no watermark, so it is read
    /// by the clock.
    /// </remarks>
    public sealed class Mpu6050 : IMotionSensor
    {
        /// <summary>I2C address with pin AD0 low.</summary>
        public const int I2cAddress = 0x68;

        private const int ResetMilliseconds = 100;
        private const int GyroStartMilliseconds = 50;

        private static readonly SensorScale Steps = new SensorScale(1 << 30, -12, 1171914384, -11); // 2^-13 g, pi / 180 / 65.5 rad/s

        private readonly RegisterPort _port;
        private readonly IClock _clock;
        private readonly int _rateHertz;
        private readonly bool _acceptsUnknown;
        private readonly Mpu6050MotionEngine _motion;
        private readonly Mpu6050SelfTest _selfTest;
        private readonly Mpu6050Scratch _scratch;

        /// <summary>Binds the driver; touches no register.</summary>
        /// <param name="bus">The chip's registers.</param>
        /// <param name="clock">The host's time.</param>
        /// <param name="rateHertz">
        /// Samples per second while capturing: 1000 / n for n = 4..100. Twice the usual model rate is right, because linear interpolation
        /// dulls what lies near half the sensor's rate.
        /// </param>
        /// <param name="acceptsUnknown">Whether a chip of an unknown identity is used: it captures, and does not watch for motion.</param>
        public Mpu6050(IRegisterBus bus, IClock clock, int rateHertz, bool acceptsUnknown = false)
        {
            _acceptsUnknown = acceptsUnknown;
            _port = new RegisterPort(bus);
            _clock = clock;
            _rateHertz = rateHertz;
            _motion = new Mpu6050MotionEngine(_port, clock);
            _selfTest = new Mpu6050SelfTest(_port, clock);
            _scratch = new Mpu6050Scratch(_port);
        }

        /// <summary>The chip that <see cref="Identify"/> met last; null before.</summary>
        public Mpu6050Chip Chip { get; private set; }

        /// <inheritdoc/>
        public int LastId { get; private set; } = -1;

        /// <inheritdoc/>
        public string Kind { get; private set; } = "none";

        /// <inheritdoc/>
        public SensorScale Scale
        {
            get { return Steps; }
        }

        /// <inheritdoc/>
        public int LargestThreshold
        {
            get { return 255; }
        }

        /// <inheritdoc/>
        public bool WatchesMotion
        {
            get { return Chip != null && Chip.Detection != MotionDetection.None; }
        }

        /// <inheritdoc/>
        public int Refusals
        {
            get { return _port.Refusals; }
        }

        /// <inheritdoc/>
        public int KeptBytes
        {
            get { return Mpu6050Scratch.Size; }
        }

        /// <inheritdoc/>
        public SensorFifo Fifo
        {
            get
            {
                return new SensorFifo
                {
                    Bytes = Chip.FifoBytes,
                    Values = Chip.HasTemperatureInFifo ? 7 : 6,
                    FirstRotation = Chip.HasTemperatureInFifo ? 4 : 3,
                    RateHertz = _rateHertz,
                    DataRegister = Mpu6050Registers.FifoData,
                    CountRegister = Mpu6050Registers.FifoCount,
                    FlushRegister = Mpu6050Registers.UserControl,
                    FlushValue = Mpu6050Registers.FifoOnBit | Mpu6050Registers.FifoResetBit,
                };
            }
        }

        /// <inheritdoc/>
        public SensorStatus Identify()
        {
            int id;
            Kind = "none";
            var status = _port.ReadIdentity(Mpu6050Registers.WhoAmI, out id);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            LastId = id;
            var chip = Mpu6050Chip.FromId(id);
            if (chip != null)
            {
                Chip = chip;
                Kind = chip.IsClone ? "clone" : "genuine";
                return SensorStatus.Ok;
            }

            Kind = "unknown";
            if (!_acceptsUnknown)
            {
                return (id & ~Mpu6050Chip.GenuineId) == 0 ? SensorStatus.SharedAddress : SensorStatus.UnknownChip;
            }

            Chip = Mpu6050Chip.Unknown(id);
            return SensorStatus.Ok;
        }

        /// <summary>Resets the chip and sets clock, rate, low-pass filter (20 Hz) and ranges.</summary>
        public SensorStatus Configure()
        {
            if (!Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.ResetBit))
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(ResetMilliseconds);
            return RegisterPort.Result(Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.GyroClock) && SetCaptureRates());
        }

        /// <summary>
        /// Puts the chip to sleep until motion: single accelerometer samples at 5 Hz, gyroscopes off; the interrupt pin is latched.
        /// Takes about 100 ms.
        /// </summary>
        /// <param name="threshold">
        /// Motion threshold in register steps. The size of a step is contested (2 mg or 32 mg by source, 4 mg on MPU6500 parts) and differs
        /// between parts, so it wants calibration on the device.
        /// </param>
        public SensorStatus SleepUntilMotion(int threshold)
        {
            if (!WatchesMotion)
            {
                return SensorStatus.NotSupported;
            }

            return StopFifo() ? _motion.Arm(threshold, Chip.Detection) : SensorStatus.NoAcknowledge;
        }

        /// <inheritdoc/>
        public SensorStatus Sleep()
        {
            bool stale;
            return RegisterPort.Result(StopFifo()
                && Write(Mpu6050Registers.InterruptEnable, 0)
                && ReadMotion(out stale) == SensorStatus.Ok
                && Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.SleepBit));
        }

        /// <inheritdoc/>
        public SensorStatus ReadMotion(out bool moved)
        {
            int interrupts;
            var status = _port.ReadByte(Mpu6050Registers.InterruptStatus, out interrupts);
            moved = status == SensorStatus.Ok && WatchesMotion && (interrupts & Mpu6050MotionEngine.MotionBits(Chip.Detection)) != 0;
            return status;
        }

        /// <inheritdoc/>
        public SensorStatus CheckWatch(int threshold)
        {
            return WatchesMotion ? _motion.Check(threshold, Chip.Detection) : SensorStatus.NotSupported;
        }

        /// <summary>Wakes all six axes, waits 50 ms for the gyroscopes and starts to fill the FIFO from empty.</summary>
        public SensorStatus StartCapture()
        {
            bool ok = Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.GyroClock)
                && Write(Mpu6050Registers.PowerManagement2, 0)
                && SetCaptureRates()
                && Write(Mpu6050Registers.InterruptEnable, Mpu6050Registers.FifoOverflowBit);
            if (!ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(GyroStartMilliseconds);
            bool stale;
            return RegisterPort.Result(StopFifo()
                && ReadMotion(out stale) == SensorStatus.Ok
                && Write(Mpu6050Registers.UserControl, Mpu6050Registers.FifoOnBit)
                && Write(Mpu6050Registers.FifoEnable, Chip.HasTemperatureInFifo
                    ? Mpu6050Registers.FifoAccelAndGyroOneBitEach
                    : Mpu6050Registers.FifoAccelAndGyro));
        }

        /// <inheritdoc/>
        public SensorStatus ReadTemperature(out int centiCelsius)
        {
            int raw;
            var status = _port.ReadWord(Mpu6050Registers.Temperature, out raw);
            centiCelsius = status == SensorStatus.Ok ? Chip.CentiCelsius((short)raw) : 0;
            return status;
        }

        /// <inheritdoc/>
        public SensorStatus SelfTest(out int worstPermille)
        {
            var status = _selfTest.Run(Chip);
            worstPermille = _selfTest.WorstPermille;
            return status;
        }

        /// <inheritdoc/>
        public SensorStatus Keep(byte[] bytes)
        {
            return _scratch.Write(bytes);
        }

        /// <inheritdoc/>
        public SensorStatus Recall(byte[] bytes)
        {
            return _scratch.Read(bytes);
        }

        // All of it at every capture: a chip whose power dipped while it slept has lost the rate and the ranges unnoticed.
        private bool SetCaptureRates()
        {
            return Write(Mpu6050Registers.SampleRateDivider, (1000 / _rateHertz) - 1)
                && Write(Mpu6050Registers.GyroConfig, Mpu6050Registers.Gyro500Dps)
                && Write(Mpu6050Registers.Config, Mpu6050Registers.LowPass20Hz)
                && Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel4G)
                && (!Chip.IsClone || Write(Mpu6050Registers.AccelConfig2, Mpu6050Registers.LowPass20Hz));
        }

        private bool StopFifo()
        {
            return Write(Mpu6050Registers.FifoEnable, 0)
                && Write(Mpu6050Registers.UserControl, 0)
                && Write(Mpu6050Registers.UserControl, Mpu6050Registers.FifoResetBit);
        }

        private bool Write(int register, int value)
        {
            return _port.Write(register, value);
        }
    }
}
