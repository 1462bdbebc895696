namespace NanoFormer.Sensors
{
    /// <summary>
    /// Driver of an MPU6050 for two states: asleep until motion, and capturing acceleration and rotation through the FIFO.
    /// </summary>
    /// <remarks>
    /// A sample is six signed 16-bit values, acceleration x y z at 8192 steps a g, then rotation x y z at 65.5 steps a degree a
    /// second. No method throws for a chip that fails: each returns a <see cref="SensorStatus"/>.
    /// </remarks>
    public sealed class Mpu6050
    {
        /// <summary>Values in a sample.</summary>
        public const int ChannelCount = 6;

        private const int PacketBytes = 2 * ChannelCount;
        private const int ResetMilliseconds = 100;
        private const int GyroStartMilliseconds = 50;

        private readonly RegisterPort _port;
        private readonly IClock _clock;
        private readonly Mpu6050Settings _settings;
        private readonly Mpu6050Fifo _fifo;
        private readonly Mpu6050MotionEngine _motion;

        /// <summary>Binds the driver; touches no register.</summary>
        public Mpu6050(IRegisterBus bus, IClock clock, Mpu6050Settings settings)
        {
            _port = new RegisterPort(bus);
            _clock = clock;
            _settings = settings;
            _fifo = new Mpu6050Fifo(_port, clock);
            _motion = new Mpu6050MotionEngine(_port, clock, settings.MotionDurationMilliseconds);
        }

        /// <summary>The chip that <see cref="Identify"/> met last; null before.</summary>
        public Mpu6050Chip Chip { get; private set; }

        /// <summary>What the identity register held when last read, known chip or not; -1 when it was never read.</summary>
        public int LastId { get; private set; } = -1;

        /// <summary>Samples that the FIFO holds at most; a caller's buffer of this size takes any burst.</summary>
        public static int FifoSamples
        {
            get { return 1024 / PacketBytes; }
        }

        /// <summary>Microseconds of the clock at which the last FIFO count was taken.</summary>
        public long CountMicroseconds
        {
            get { return _fifo.CountMicroseconds; }
        }

        /// <summary>Bursts that the last <see cref="ReadSamples"/> had to try again for want of an acknowledge.</summary>
        public int BurstRetries
        {
            get { return _fifo.Retries; }
        }

        /// <summary>Milliseconds in which the FIFO fills to one half: read at least so often.</summary>
        public int SafeReadMilliseconds
        {
            get { return Chip.FifoBytes / 2 / PacketBytes * 1000 / _settings.SampleRateHertz; }
        }

        /// <summary>Reads the identity. Known clones are accepted, see <see cref="Mpu6050Chip.IsClone"/>.</summary>
        public SensorStatus Identify()
        {
            int id;
            if (_port.ReadByte(Mpu6050Registers.WhoAmI, out id) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            LastId = id;
            Mpu6050Chip chip = Mpu6050Chip.FromId(id);
            if (chip == null)
            {
                return SensorStatus.UnknownChip;
            }

            Chip = chip;
            _fifo.Capacity = chip.FifoBytes;
            return SensorStatus.Ok;
        }

        /// <summary>Resets the chip and sets clock, rate, low-pass filter (20 Hz) and ranges (+-4 g, +-500 degrees a second).</summary>
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
        /// Puts the chip to sleep until motion: single accelerometer samples at 5 Hz, gyroscopes off; the interrupt pin rises on
        /// motion and stays up until <see cref="ReadInterrupts"/>. Takes about 100 ms.
        /// </summary>
        /// <param name="threshold">
        /// Motion threshold in register steps, 1..255. The size of a step is contested (2 mg or 32 mg by source, 4 mg on MPU6500
        /// parts) and differs between parts, so it wants calibration on the device.
        /// </param>
        public SensorStatus SleepUntilMotion(int threshold)
        {
            return _fifo.Stop() ? _motion.Arm(threshold, Chip.IsClone) : SensorStatus.NoAcknowledge;
        }

        /// <summary>Puts the whole chip to sleep, with the interrupt pin low; only the registers are kept.</summary>
        public SensorStatus Sleep()
        {
            int stale;
            return RegisterPort.Result(_fifo.Stop()
                && Write(Mpu6050Registers.InterruptEnable, 0)
                && ReadInterrupts(out stale) == SensorStatus.Ok
                && Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.SleepBit));
        }

        /// <summary>Reads and clears the pending interrupts (bits of INT_STATUS) and so releases the latched pin.</summary>
        public SensorStatus ReadInterrupts(out int interrupts)
        {
            return _port.ReadByte(Mpu6050Registers.InterruptStatus, out interrupts);
        }

        /// <summary>Wakes all six axes, waits 50 ms for the gyroscopes and starts filling the FIFO from empty.</summary>
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
            return RestartFifo();
        }

        /// <summary>Empties the FIFO and fills it anew, from a packet's start.</summary>
        public SensorStatus RestartFifo()
        {
            return _fifo.Restart();
        }

        /// <summary>Moves every whole sample out of the FIFO into <paramref name="samples"/> ([n][6]), oldest first.</summary>
        /// <param name="samples">Takes at most <c>samples.Length / 6</c> samples; the rest stays in the FIFO.</param>
        /// <param name="count">Samples written; 0 with any status but Ok.</param>
        /// <returns>
        /// FifoOverflow or FifoMisaligned when the content is lost and <see cref="RestartFifo"/> is needed; NoAcknowledge when
        /// the chip did not answer. A burst without acknowledge is tried again three times within the call; where that does not
        /// help, the next call goes on, or reports FifoMisaligned when samples had been read already.
        /// </returns>
        public SensorStatus ReadSamples(short[] samples, out int count)
        {
            return _fifo.Read(samples, out count);
        }

        /// <summary>Reads the die temperature in hundredths of a degree Celsius.</summary>
        public SensorStatus ReadTemperature(out int centiCelsius)
        {
            int raw;
            SensorStatus status = _port.ReadWord(Mpu6050Registers.Temperature, out raw);
            centiCelsius = status == SensorStatus.Ok ? Chip.CentiCelsius((short)raw) : 0;
            return status;
        }

        // All of it at every capture: a chip whose power dipped while it slept has lost the rate and the ranges unnoticed.
        private bool SetCaptureRates()
        {
            return Write(Mpu6050Registers.SampleRateDivider, (1000 / _settings.SampleRateHertz) - 1)
                && Write(Mpu6050Registers.GyroConfig, Mpu6050Registers.Gyro500Dps)
                && Write(Mpu6050Registers.Config, Mpu6050Registers.LowPass20Hz)
                && Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel4G)
                && (!Chip.IsClone || Write(Mpu6050Registers.AccelConfig2, Mpu6050Registers.LowPass20Hz));
        }

        private bool Write(int register, int value)
        {
            return _port.Write(register, value);
        }
    }
}
