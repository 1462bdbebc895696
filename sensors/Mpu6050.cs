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
        private const int MotionSettleMilliseconds = 100;
        private const int GyroStartMilliseconds = 50;
        private const int CountSettleMilliseconds = 1;
        private const int LargestBurstPackets = 16;
        private const int MotionControlMpu6050 = 0x15; // accelerometer on 1 ms earlier, motion counter decremented by 1
        private const int MotionControlMpu6500 = 0xC0; // intelligence on, compare with the previous sample
        private const int LowPowerRateMpu6500 = 0x04;  // 3.9 Hz, the nearest to 5 Hz

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly Mpu6050Settings _settings;
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _two = new byte[2];
        private readonly byte[][] _bursts;
        private bool _burstBroken;

        /// <summary>Binds the driver; touches no register.</summary>
        public Mpu6050(IRegisterBus bus, IClock clock, Mpu6050Settings settings)
        {
            _bus = bus;
            _clock = clock;
            _settings = settings;

            // A read fills a whole array, so bursts come in powers of two: 16 packets (192 bytes) fit every I2C buffer.
            _bursts = new byte[5][];
            for (int i = 0; i < _bursts.Length; i++)
            {
                _bursts[i] = new byte[PacketBytes * (LargestBurstPackets >> i)];
            }
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
        public long CountMicroseconds { get; private set; }

        /// <summary>Milliseconds in which the FIFO fills to one half: read at least so often.</summary>
        public int SafeReadMilliseconds
        {
            get { return Chip.FifoBytes / 2 / PacketBytes * 1000 / _settings.SampleRateHertz; }
        }

        /// <summary>Reads the identity. Known clones are accepted, see <see cref="Mpu6050Chip.IsClone"/>.</summary>
        public SensorStatus Identify()
        {
            int id;
            if (ReadByte(Mpu6050Registers.WhoAmI, out id) != SensorStatus.Ok)
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
            return Result(Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.GyroClock) && SetCaptureRates());
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
            bool ok = StopFifo()
                && Write(Mpu6050Registers.PowerManagement1, 0)
                && Write(Mpu6050Registers.PowerManagement2, Mpu6050Registers.GyrosOff)
                && Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel4G)
                && Write(Mpu6050Registers.Config, 0)
                && Write(Mpu6050Registers.InterruptPinConfig, Mpu6050Registers.LatchBit)
                && Write(Mpu6050Registers.InterruptEnable, Mpu6050Registers.MotionBit)
                && Write(Mpu6050Registers.MotionThreshold, threshold)
                && Write(Mpu6050Registers.MotionDuration, _settings.MotionDurationMilliseconds)
                && SetMotionEngine();
            if (!ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            _clock.Sleep(MotionSettleMilliseconds);
            int stale;
            ok = Write(Mpu6050Registers.AccelConfig, Mpu6050Registers.Accel4G | Mpu6050Registers.HighPassHold)
                && ReadInterrupts(out stale) == SensorStatus.Ok
                && Write(Mpu6050Registers.PowerManagement2, Mpu6050Registers.Cycle5HzGyrosOff)
                && Write(Mpu6050Registers.PowerManagement1, Mpu6050Registers.CycleBit);
            return Result(ok);
        }

        /// <summary>Reads and clears the pending interrupts (bits of INT_STATUS) and so releases the latched pin.</summary>
        public SensorStatus ReadInterrupts(out int interrupts)
        {
            return ReadByte(Mpu6050Registers.InterruptStatus, out interrupts);
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
            int stale;
            bool ok = StopFifo()
                && ReadInterrupts(out stale) == SensorStatus.Ok
                && Write(Mpu6050Registers.UserControl, Mpu6050Registers.FifoOnBit)
                && Write(Mpu6050Registers.FifoEnable, Mpu6050Registers.FifoAccelAndGyro);
            CountMicroseconds = _clock.Microseconds;
            _burstBroken = !ok;
            return Result(ok);
        }

        /// <summary>Moves every whole sample out of the FIFO into <paramref name="samples"/> ([n][6]), oldest first.</summary>
        /// <param name="samples">Takes at most <c>samples.Length / 6</c> samples; the rest stays in the FIFO.</param>
        /// <param name="count">Samples written; 0 with any status but Ok.</param>
        /// <returns>
        /// FifoOverflow or FifoMisaligned when the content is lost and <see cref="RestartFifo"/> is needed; NoAcknowledge when
        /// the chip did not answer (a broken burst is reported as FifoMisaligned by the next call, for bytes went missing).
        /// </returns>
        public SensorStatus ReadSamples(short[] samples, out int count)
        {
            count = 0;
            int packets;
            SensorStatus status = CountPackets(out packets);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            int wanted = packets * ChannelCount <= samples.Length ? packets : samples.Length / ChannelCount;
            if (!ReadPackets(samples, wanted))
            {
                _burstBroken = true;
                return SensorStatus.NoAcknowledge;
            }

            count = wanted;
            return SensorStatus.Ok;
        }

        /// <summary>Reads the die temperature in hundredths of a degree Celsius.</summary>
        public SensorStatus ReadTemperature(out int centiCelsius)
        {
            int raw;
            SensorStatus status = ReadWord(Mpu6050Registers.Temperature, out raw);
            centiCelsius = status == SensorStatus.Ok ? Chip.CentiCelsius((short)raw) : 0;
            return status;
        }

        private SensorStatus CountPackets(out int packets)
        {
            packets = 0;
            int interrupts;
            int bytes;
            if (ReadInterrupts(out interrupts) != SensorStatus.Ok || ReadCount(out bytes) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            // With less than two packets of room the FIFO may overflow before the burst begins.
            bool overflow = (interrupts & Mpu6050Registers.FifoOverflowBit) != 0;
            if (overflow || bytes > Chip.FifoBytes - (2 * PacketBytes))
            {
                return SensorStatus.FifoOverflow;
            }

            if (_burstBroken)
            {
                return SensorStatus.FifoMisaligned;
            }

            packets = bytes / PacketBytes;
            return bytes % PacketBytes == 0 ? SensorStatus.Ok : RecountPackets(out packets);
        }

        // A count taken while the chip writes a packet is not a multiple of one: only a second look tells.
        private SensorStatus RecountPackets(out int packets)
        {
            packets = 0;
            _clock.Sleep(CountSettleMilliseconds);
            int bytes;
            if (ReadCount(out bytes) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            packets = bytes / PacketBytes;
            return bytes % PacketBytes == 0 ? SensorStatus.Ok : SensorStatus.FifoMisaligned;
        }

        private SensorStatus ReadCount(out int bytes)
        {
            CountMicroseconds = _clock.Microseconds;
            return ReadWord(Mpu6050Registers.FifoCount, out bytes);
        }

        private bool ReadPackets(short[] samples, int packets)
        {
            int done = 0;
            for (int i = 0; i < _bursts.Length; i++)
            {
                int size = LargestBurstPackets >> i;
                for (; packets - done >= size; done += size)
                {
                    if (_bus.Read(Mpu6050Registers.FifoData, _bursts[i]) != BusResult.Ok)
                    {
                        return false;
                    }

                    Decode(_bursts[i], samples, done * ChannelCount);
                }
            }

            return true;
        }

        private static void Decode(byte[] bytes, short[] samples, int offset)
        {
            for (int i = 0; i < bytes.Length; i += 2)
            {
                samples[offset + (i / 2)] = (short)((bytes[i] << 8) | bytes[i + 1]);
            }
        }

        private bool StopFifo()
        {
            return Write(Mpu6050Registers.FifoEnable, 0)
                && Write(Mpu6050Registers.UserControl, 0)
                && Write(Mpu6050Registers.UserControl, Mpu6050Registers.FifoResetBit);
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

        // Parts sold as clones have either motion engine, and neither minds the other's registers: they get both settings.
        private bool SetMotionEngine()
        {
            if (!Chip.IsClone)
            {
                return Write(Mpu6050Registers.MotionControl, MotionControlMpu6050);
            }

            return Write(Mpu6050Registers.MotionControl, MotionControlMpu6500)
                && Write(Mpu6050Registers.LowPowerAccelRate, LowPowerRateMpu6500);
        }

        private SensorStatus ReadByte(int register, out int value)
        {
            BusResult result = _bus.Read(register, _one);
            value = _one[0];
            return Result(result == BusResult.Ok);
        }

        private SensorStatus ReadWord(int register, out int value)
        {
            BusResult result = _bus.Read(register, _two);
            value = (_two[0] << 8) | _two[1];
            return Result(result == BusResult.Ok);
        }

        private bool Write(int register, int value)
        {
            return _bus.Write(register, value) == BusResult.Ok;
        }

        private static SensorStatus Result(bool ok)
        {
            return ok ? SensorStatus.Ok : SensorStatus.NoAcknowledge;
        }
    }
}
