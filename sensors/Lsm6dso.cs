namespace NanoFormer.Sensors
{
    /// <summary>Driver of ST's LSM6DSO (DS12140, AN5192).</summary>
    /// <remarks>
    /// Acceleration has 8192 steps per g (+-4 g), rotation 17.5 thousandths of a degree per second per step (+-500 degrees per second). Both are
    /// sampled at 104 Hz, whatever rate is asked for. The FIFO holds words of 7 bytes, a tag and three values; a sample is a word of
    /// acceleration and one of rotation.
    /// </remarks>
    public sealed class Lsm6dso : IMotionSensor
    {
        /// <summary>I2C address with pin SA0 low.</summary>
        public const int I2cAddress = 0x6A;

        /// <summary>Content of WHO_AM_I.</summary>
        public const int Identity = 0x6C;

        private const int RateHertz = 104;
        private const int FifoWords = 512;
        private const int WordBytes = 7;
        private const int AccelTag = 0x10;             // sensor 2 in bits 7:3
        private const int GyroTag = 0x08;              // sensor 1
        private const int SensorBits = 0xF8;
        private const int TurnBits = 0x06;             // TAG_CNT
        private const int CountBits = 0x3FF;
        private const int ResetMilliseconds = 10;
        private const int GyroStartMilliseconds = 100;
        private const int WatchStartMilliseconds = 200; // two samples, so that the first difference is one of rest

        private static readonly SensorScale Steps = new SensorScale(1 << 30, -12, 1343306865, -11); // 2^-13 g, 17.5e-3 * pi / 180 rad/s

        private readonly RegisterPort _port;
        private readonly IClock _clock;
        private readonly Lsm6dsoScratch _scratch;

        /// <summary>Binds the driver; touches no register.</summary>
        public Lsm6dso(IRegisterBus bus, IClock clock)
        {
            _port = new RegisterPort(bus);
            _clock = clock;
            _scratch = new Lsm6dsoScratch(_port);
        }

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
            get { return 63; }
        }

        /// <inheritdoc/>
        public bool WatchesMotion
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public int Refusals
        {
            get { return _port.Refusals; }
        }

        /// <inheritdoc/>
        public int KeptBytes
        {
            get { return Lsm6dsoScratch.Size; }
        }

        /// <inheritdoc/>
        public SensorFifo Fifo
        {
            get
            {
                return new SensorFifo
                {
                    Bytes = FifoWords * WordBytes,
                    IsLittleEndian = true,
                    RateHertz = RateHertz,
                    DataRegister = Lsm6dsoRegisters.FifoData,
                    CountRegister = Lsm6dsoRegisters.FifoStatus,
                    CountMask = CountBits,
                    CountUnit = WordBytes,
                    FlushRegister = Lsm6dsoRegisters.FifoControl4,
                    FlushValue = Lsm6dsoRegisters.FifoBypass,
                    RunValue = Lsm6dsoRegisters.FifoContinuous,
                    WordBytes = WordBytes,
                    KindMask = SensorBits,
                    TurnMask = TurnBits,
                    Kinds = new int[] { AccelTag, GyroTag },
                };
            }
        }

        /// <inheritdoc/>
        public SensorStatus Identify()
        {
            int id;
            Kind = "none";
            Write(Lsm6dsoRegisters.BankAccess, 0);
            var status = _port.ReadIdentity(Lsm6dsoRegisters.WhoAmI, out id);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            LastId = id;
            Kind = id == Identity ? "genuine" : "unknown";
            if (id == Identity)
            {
                return SensorStatus.Ok;
            }

            return (id & ~Identity) == 0 ? SensorStatus.SharedAddress : SensorStatus.UnknownChip;
        }

        /// <inheritdoc/>
        public SensorStatus Configure()
        {
            if (!Write(Lsm6dsoRegisters.Control3, Lsm6dsoRegisters.ResetBit))
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(ResetMilliseconds);
            return RegisterPort.Result(SetInterface());
        }

        /// <summary>
        /// Puts the chip to sleep until motion: the accelerometer alone in low power at 12.5 Hz and +-2 g, and the difference of two samples, halved,
        /// is compared with the threshold on each axis. A step is 7.8 mg. The interrupt pin is latched. Takes 0.2 s.
        /// </summary>
        public SensorStatus SleepUntilMotion(int threshold)
        {
            bool ok = StopFifo()
                && SetInterface()
                && Write(Lsm6dsoRegisters.Interrupt1Route, 0)
                && Write(Lsm6dsoRegisters.GyroControl, 0)
                && Write(Lsm6dsoRegisters.Control6, Lsm6dsoRegisters.AccelLowPower)
                && Write(Lsm6dsoRegisters.AccelControl, Lsm6dsoRegisters.Accel12Hz5At2G)
                && Write(Lsm6dsoRegisters.TapConfig0, Lsm6dsoRegisters.LatchedClearedByRead)
                && Write(Lsm6dsoRegisters.WakeUpDuration, Lsm6dsoRegisters.FineThreshold)
                && Write(Lsm6dsoRegisters.WakeUpThreshold, threshold < LargestThreshold ? threshold : LargestThreshold)
                && Write(Lsm6dsoRegisters.TapConfig2, Lsm6dsoRegisters.InterruptsOn);
            if (!ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(WatchStartMilliseconds);
            bool stale;
            return RegisterPort.Result(ReadMotion(out stale) == SensorStatus.Ok
                && Write(Lsm6dsoRegisters.Interrupt1Route, Lsm6dsoRegisters.RouteWakeUp));
        }

        /// <inheritdoc/>
        public SensorStatus Sleep()
        {
            bool stale;
            return RegisterPort.Result(StopFifo()
                && Write(Lsm6dsoRegisters.TapConfig2, 0)
                && Write(Lsm6dsoRegisters.Interrupt1Route, 0)
                && ReadMotion(out stale) == SensorStatus.Ok
                && Write(Lsm6dsoRegisters.GyroControl, 0)
                && Write(Lsm6dsoRegisters.AccelControl, 0));
        }

        /// <inheritdoc/>
        public SensorStatus ReadMotion(out bool moved)
        {
            int source;
            var status = _port.ReadByte(Lsm6dsoRegisters.WakeUpSource, out source);
            moved = status == SensorStatus.Ok && (source & Lsm6dsoRegisters.WokenBit) != 0;
            return status;
        }

        /// <inheritdoc/>
        public SensorStatus CheckWatch(int threshold)
        {
            int accel;
            int route;
            int kept;
            if (_port.ReadByte(Lsm6dsoRegisters.AccelControl, out accel) != SensorStatus.Ok
                || _port.ReadByte(Lsm6dsoRegisters.Interrupt1Route, out route) != SensorStatus.Ok
                || _port.ReadByte(Lsm6dsoRegisters.WakeUpThreshold, out kept) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            bool watches = accel == Lsm6dsoRegisters.Accel12Hz5At2G
                && route == Lsm6dsoRegisters.RouteWakeUp
                && kept == (threshold < LargestThreshold ? threshold : LargestThreshold);
            return watches ? SensorStatus.Ok : SensorStatus.PowerLost;
        }

        /// <summary>Wakes all six axes at 104 Hz, waits 100 ms for the gyroscopes and starts to fill the FIFO from empty.</summary>
        public SensorStatus StartCapture()
        {
            bool ok = SetInterface()
                && Write(Lsm6dsoRegisters.TapConfig2, 0)
                && Write(Lsm6dsoRegisters.Interrupt1Route, 0)
                && Write(Lsm6dsoRegisters.Control6, 0)
                && Write(Lsm6dsoRegisters.AccelControl, Lsm6dsoRegisters.Accel104HzAt4GFiltered)
                && Write(Lsm6dsoRegisters.GyroControl, Lsm6dsoRegisters.Gyro104HzAt500Dps);
            if (!ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(GyroStartMilliseconds);
            bool stale;
            return RegisterPort.Result(StopFifo()
                && ReadMotion(out stale) == SensorStatus.Ok
                && Write(Lsm6dsoRegisters.FifoControl3, Lsm6dsoRegisters.Batch104Hz)
                && Write(Lsm6dsoRegisters.FifoControl4, Lsm6dsoRegisters.FifoContinuous));
        }

        /// <inheritdoc/>
        public SensorStatus ReadTemperature(out int centiCelsius)
        {
            int swapped;
            var status = _port.ReadWord(Lsm6dsoRegisters.Temperature, out swapped);
            short raw = (short)((swapped << 8) | (swapped >> 8));
            centiCelsius = status == SensorStatus.Ok ? 2500 + (raw * 100 / 256) : 0;
            return status;
        }

        /// <summary>Not from here: the chip moves its masses by fixed amounts and knows no response of the factory to compare with.</summary>
        public SensorStatus SelfTest(out int worstPermille)
        {
            worstPermille = 0;
            return SensorStatus.NotSupported;
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

        private bool SetInterface()
        {
            return Write(Lsm6dsoRegisters.BankAccess, 0)
                && Write(Lsm6dsoRegisters.Control3, Lsm6dsoRegisters.BlockUpdateAndIncrement)
                && Write(Lsm6dsoRegisters.Control9, Lsm6dsoRegisters.I3cOff);
        }

        private bool StopFifo()
        {
            return Write(Lsm6dsoRegisters.FifoControl4, Lsm6dsoRegisters.FifoBypass) && Write(Lsm6dsoRegisters.FifoControl3, 0);
        }

        private bool Write(int register, int value)
        {
            return _port.Write(register, value);
        }
    }
}
