namespace NanoFormer.Sensors
{
    /// <summary>Samples out of the chip's FIFO: packets of six big-endian 16-bit values, acceleration first.</summary>
    /// <remarks>
    /// A read whose acknowledge is missing is tried again, and stays in step. In an I2C read the chip acknowledges only its
    /// address and the register, both before the first byte of data; so when one of these is missing the FIFO has given
    /// nothing away. The recount before each new try proves it: the FIFO must hold whole packets, and at least as many as
    /// were left. A byte that went astray shows in the first condition, a packet in the second. Anything else - a transfer
    /// that broke off amid its data, a count that does not fit - makes the content count as lost until the FIFO is emptied.
    /// </remarks>
    internal sealed class Mpu6050Fifo
    {
        private const int Channels = Mpu6050.ChannelCount;
        private const int PacketBytes = 2 * Channels;
        private const int LargestBurstPackets = 16;
        private const int BurstRetries = 3;
        private const int CountSettleMilliseconds = 1;

        private readonly RegisterPort _port;
        private readonly IClock _clock;
        private readonly byte[][] _bursts;
        private SensorStatus _loss;
        private int _owedBytes;

        internal Mpu6050Fifo(RegisterPort port, IClock clock)
        {
            _port = port;
            _clock = clock;

            // A read fills a whole array, so bursts come in powers of two: 16 packets (192 bytes) fit every I2C buffer.
            _bursts = new byte[5][];
            for (int i = 0; i < _bursts.Length; i++)
            {
                _bursts[i] = new byte[PacketBytes * (LargestBurstPackets >> i)];
            }
        }

        /// <summary>Bytes the chip's FIFO holds.</summary>
        internal int Capacity { get; set; }

        /// <summary>Microseconds of the clock at which the last count was taken.</summary>
        internal long CountMicroseconds { get; private set; }

        /// <summary>Bursts that the last read had to try again.</summary>
        internal int Retries { get; private set; }

        /// <summary>Switches the FIFO off and empties it.</summary>
        internal bool Stop()
        {
            return _port.Write(Mpu6050Registers.FifoEnable, 0)
                && _port.Write(Mpu6050Registers.UserControl, 0)
                && _port.Write(Mpu6050Registers.UserControl, Mpu6050Registers.FifoResetBit);
        }

        /// <summary>Empties the FIFO and fills it anew, from a packet's start.</summary>
        internal SensorStatus Restart()
        {
            int stale;
            bool ok = Stop()
                && _port.ReadByte(Mpu6050Registers.InterruptStatus, out stale) == SensorStatus.Ok
                && _port.Write(Mpu6050Registers.UserControl, Mpu6050Registers.FifoOnBit)
                && _port.Write(Mpu6050Registers.FifoEnable, Mpu6050Registers.FifoAccelAndGyro);
            CountMicroseconds = _clock.Microseconds;
            _loss = ok ? SensorStatus.Ok : SensorStatus.FifoMisaligned;
            _owedBytes = 0;
            return RegisterPort.Result(ok);
        }

        /// <summary>Moves samples out, oldest first; see <see cref="Mpu6050.ReadSamples"/>.</summary>
        internal SensorStatus Read(short[] samples, out int count)
        {
            int done = 0;
            Retries = 0;
            while (true)
            {
                int packets;
                SensorStatus status = Count(out packets);
                count = 0;
                if (status == SensorStatus.NoAcknowledge && done > 0 && Retries < BurstRetries)
                {
                    Retries++;
                    continue;
                }

                if (status != SensorStatus.Ok)
                {
                    return done > 0 ? Lose(status) : status;
                }

                int room = (samples.Length / Channels) - done;
                int wanted = packets < room ? packets : room;
                BusResult result = ReadPackets(samples, ref done, wanted, packets);
                if (result == BusResult.Ok)
                {
                    count = done;
                    return SensorStatus.Ok;
                }

                if (result == BusResult.Broken || Retries >= BurstRetries)
                {
                    return GiveUp(result, done);
                }

                Retries++;
            }
        }

        // Where nothing was read yet and nothing moved, the next read may go on from here.
        private SensorStatus GiveUp(BusResult result, int done)
        {
            if (result == BusResult.Broken || done > 0)
            {
                Lose(SensorStatus.FifoMisaligned);
            }

            return SensorStatus.NoAcknowledge;
        }

        // What was read of this burst is dropped, so the content counts as lost until the FIFO is emptied.
        private SensorStatus Lose(SensorStatus status)
        {
            _loss = status == SensorStatus.NoAcknowledge ? SensorStatus.FifoMisaligned : status;
            return status;
        }

        private SensorStatus Count(out int packets)
        {
            packets = 0;
            int interrupts;
            int bytes;
            if (_port.ReadByte(Mpu6050Registers.InterruptStatus, out interrupts) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            // Reading the flag cleared it, so the loss is remembered even if the next read fails.
            if ((interrupts & Mpu6050Registers.FifoOverflowBit) != 0)
            {
                _loss = SensorStatus.FifoOverflow;
            }

            if (ReadCount(out bytes) != SensorStatus.Ok)
            {
                return SensorStatus.NoAcknowledge;
            }

            // With less than two packets of room the FIFO may overflow before the burst begins.
            if (bytes > Capacity - (2 * PacketBytes))
            {
                _loss = SensorStatus.FifoOverflow;
            }

            if (_loss != SensorStatus.Ok)
            {
                return _loss;
            }

            // A count taken while the chip writes a packet is not a multiple of one: only a second look tells.
            if (bytes % PacketBytes != 0)
            {
                _clock.Sleep(CountSettleMilliseconds);
                if (ReadCount(out bytes) != SensorStatus.Ok)
                {
                    return SensorStatus.NoAcknowledge;
                }
            }

            packets = bytes / PacketBytes;
            return bytes % PacketBytes == 0 && bytes >= _owedBytes ? SensorStatus.Ok : SensorStatus.FifoMisaligned;
        }

        private SensorStatus ReadCount(out int bytes)
        {
            CountMicroseconds = _clock.Microseconds;
            return _port.ReadWord(Mpu6050Registers.FifoCount, out bytes);
        }

        // Reads wanted packets in bursts; done counts what came, _owedBytes what the FIFO must still hold.
        private BusResult ReadPackets(short[] samples, ref int done, int wanted, int held)
        {
            _owedBytes = held * PacketBytes;
            for (int i = 0; i < _bursts.Length; i++)
            {
                int size = LargestBurstPackets >> i;
                for (; wanted >= size; wanted -= size)
                {
                    BusResult result = _port.ReadBurst(Mpu6050Registers.FifoData, _bursts[i]);
                    if (result != BusResult.Ok)
                    {
                        return result;
                    }

                    Decode(_bursts[i], samples, done * Channels);
                    done += size;
                    _owedBytes -= size * PacketBytes;
                }
            }

            return BusResult.Ok;
        }

        private static void Decode(byte[] bytes, short[] samples, int offset)
        {
            for (int i = 0; i < bytes.Length; i += 2)
            {
                samples[offset + (i / 2)] = (short)((bytes[i] << 8) | bytes[i + 1]);
            }
        }
    }
}
