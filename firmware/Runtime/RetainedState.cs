using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>What the program must know after a deep sleep, in the few bytes that outlive it.</summary>
    /// <remarks>
    /// Little-endian: device time in ms (5 bytes), real time in steps of 16 ms (22 bits) and false wakes (2 bits), next number of the log
    /// (2), motion threshold (1), for each of the three rotation axes its bias in fours (14 bits) and a third of the alarm (2 bits), CRC-16
    /// of all that (2).
    /// </remarks>
    public sealed class RetainedState
    {
        /// <summary>Bytes that it takes.</summary>
        public const int Size = 19;

        private const int PayloadBytes = Size - 2;
        private const int RealTimeStep = 16;
        private const int RealTimeMask = (1 << 22) - 1;
        private const int MostFalseWakes = 3;
        private const int BiasStep = 4;
        private const int BiasBits = 14;
        private const int AlarmBits = 2;

        /// <summary>Device time at which the host fell asleep, in milliseconds.</summary>
        public long Milliseconds { get; set; }

        /// <summary>Real time of that moment; only <see cref="SleptMilliseconds"/> makes sense of it.</summary>
        public long RealTimeMilliseconds { get; set; }

        /// <summary>Number of the log's next record, modulo 65536.</summary>
        public int Sequence { get; set; }

        /// <summary>Motion threshold in register steps, 0 where none was in use.</summary>
        public int Threshold { get; set; }

        /// <summary>False wakes in a row so far; more than 3 count as 3.</summary>
        public int FalseWakes { get; set; }

        /// <summary>Bias of the rotation axes in sensor steps, [3]; it comes back to within 3.</summary>
        public int[] Bias { get; set; } = new int[3];

        /// <summary><see cref="AlarmMonitor.State"/> of the model's scores, 0..63.</summary>
        public int Alarm { get; set; }

        /// <summary>How long the host slept until a real time, in milliseconds; right up to 18 hours, to within 16 ms.</summary>
        public long SleptMilliseconds(long realTimeMilliseconds)
        {
            long steps = (realTimeMilliseconds / RealTimeStep) - (RealTimeMilliseconds / RealTimeStep);
            return (steps & RealTimeMask) * RealTimeStep;
        }

        /// <summary>Fills the first <see cref="Size"/> bytes.</summary>
        public void Write(byte[] bytes)
        {
            int falseWakes = FalseWakes < MostFalseWakes ? FalseWakes : MostFalseWakes;
            Put(bytes, 0, 5, Milliseconds);
            Put(bytes, 5, 3, (RealTimeMilliseconds / RealTimeStep & RealTimeMask) | ((long)falseWakes << 22));
            Put(bytes, 8, 2, Sequence);
            Put(bytes, 10, 1, Threshold);
            for (int i = 0; i < Bias.Length; i++)
            {
                int alarm = (Alarm >> (AlarmBits * i)) & ((1 << AlarmBits) - 1);
                Put(bytes, 11 + (2 * i), 2, ((Bias[i] / BiasStep) & ((1 << BiasBits) - 1)) | (alarm << BiasBits));
            }

            Put(bytes, PayloadBytes, 2, Checksum(bytes));
        }

        /// <summary>Takes the bytes over; false when their checksum says that they are something else.</summary>
        public bool TryRead(byte[] bytes)
        {
            if (Get(bytes, PayloadBytes, 2) != Checksum(bytes))
            {
                return false;
            }

            Milliseconds = Get(bytes, 0, 5);
            long realTime = Get(bytes, 5, 3);
            RealTimeMilliseconds = (realTime & RealTimeMask) * RealTimeStep;
            FalseWakes = (int)(realTime >> 22);
            Sequence = (int)Get(bytes, 8, 2);
            Threshold = (int)Get(bytes, 10, 1);
            Alarm = 0;
            for (int i = 0; i < Bias.Length; i++)
            {
                int axis = (int)Get(bytes, 11 + (2 * i), 2);
                Bias[i] = (short)(axis * BiasStep); // the alarm's bits leave at the top, the bias's sign is there
                Alarm |= (axis >> BiasBits) << (AlarmBits * i);
            }

            return true;
        }

        private static void Put(byte[] bytes, int offset, int count, long value)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[offset + i] = (byte)(value >> (8 * i));
            }
        }

        private static long Get(byte[] bytes, int offset, int count)
        {
            long value = 0;
            for (int i = count - 1; i >= 0; i--)
            {
                value = (value << 8) | bytes[offset + i];
            }

            return value;
        }

        private static int Checksum(byte[] bytes)
        {
            int crc = Crc16.Start;
            for (int i = 0; i < PayloadBytes; i++)
            {
                crc = Crc16.Add(crc, (char)bytes[i]);
            }

            return crc;
        }
    }
}
