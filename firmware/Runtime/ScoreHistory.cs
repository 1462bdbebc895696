using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>How often a machine's own scores reached each value: tells how rare a score is, exactly and in fixed memory.</summary>
    /// <remarks>
    /// A score has 256 values, so that a counter for each is the whole distribution. When as many are counted as one counter can hold, all
    /// halve: what is recent weighs more, and the number of scores at or above each value stays right to within one.
    /// </remarks>
    public sealed class ScoreHistory
    {
        /// <summary>Values of a score.</summary>
        public const int Scores = 256;

        /// <summary>Bytes that <see cref="Write"/> fills.</summary>
        public const int Bytes = HeaderBytes + (2 * Scores) + 2;

        /// <summary>Scores after which the counters halve.</summary>
        public const int Most = ushort.MaxValue;

        private const int HeaderBytes = 5;
        private const byte Format = 1;

        private readonly ushort[] _counts = new ushort[Scores];

        /// <summary>Scores that the counters hold.</summary>
        public int Count { get; private set; }

        /// <summary>Counts a score, 0..255.</summary>
        public void Add(int score)
        {
            if (Count == Most)
            {
                Halve();
            }

            _counts[score]++;
            Count++;
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            for (int i = 0; i < Scores; i++)
            {
                _counts[i] = 0;
            }

            Count = 0;
        }

        /// <summary>The n for which a score is as rare as 1 in n: of the counted ones and itself, how many reach it.</summary>
        public int RarityOf(int score)
        {
            int reached = 1;
            for (int i = Scores - 1; i >= score; i--)
            {
                reached += _counts[i];
            }

            return (Count + 1) / reached;
        }

        /// <summary>The least score that is at least as rare as 1 in n; <see cref="Scores"/> while too few are counted to tell.</summary>
        public int LimitFor(int n)
        {
            int most = ((Count + 1) / n) - 1;
            int limit = Scores;
            int reached = 0;
            while (limit > 0 && reached + _counts[limit - 1] <= most)
            {
                limit--;
                reached += _counts[limit];
            }

            return limit;
        }

        /// <summary>Fills <see cref="Bytes"/> bytes: format, model, counters, checksum, each little-endian.</summary>
        /// <param name="bytes">Receives them.</param>
        /// <param name="modelCrc">The CRC-32 of the model that the scores are of.</param>
        public void Write(byte[] bytes, uint modelCrc)
        {
            bytes[0] = Format;
            for (int i = 0; i < 4; i++)
            {
                bytes[1 + i] = (byte)(modelCrc >> (8 * i));
            }

            for (int i = 0; i < Scores; i++)
            {
                bytes[HeaderBytes + (2 * i)] = (byte)_counts[i];
                bytes[HeaderBytes + (2 * i) + 1] = (byte)(_counts[i] >> 8);
            }

            int crc = Checksum(bytes);
            bytes[Bytes - 2] = (byte)crc;
            bytes[Bytes - 1] = (byte)(crc >> 8);
        }

        /// <summary>Takes over what <see cref="Write"/> filled; leaves the counters alone where it cannot.</summary>
        /// <returns>What is wrong, a word for the log; null when nothing is.</returns>
        public string Read(byte[] bytes, uint modelCrc)
        {
            if (bytes.Length != Bytes || bytes[0] != Format || Checksum(bytes) != (bytes[Bytes - 2] | (bytes[Bytes - 1] << 8)))
            {
                return "damaged";
            }

            uint of = 0;
            for (int i = 3; i >= 0; i--)
            {
                of = (of << 8) | bytes[1 + i];
            }

            if (of != modelCrc)
            {
                return "another_model";
            }

            int count = 0;
            for (int i = 0; i < Scores; i++)
            {
                count += CounterIn(bytes, i);
            }

            if (count > Most)
            {
                return "damaged";
            }

            for (int i = 0; i < Scores; i++)
            {
                _counts[i] = (ushort)CounterIn(bytes, i);
            }

            Count = count;
            return null;
        }

        // From the top, so that the sums are halved and not the single counters: those of the tail hold one or two.
        private void Halve()
        {
            int reached = 0;
            int halved = 0;
            for (int i = Scores - 1; i >= 0; i--)
            {
                reached += _counts[i];
                int half = (reached + 1) / 2;
                _counts[i] = (ushort)(half - halved);
                halved = half;
            }

            Count = halved;
        }

        private static int CounterIn(byte[] bytes, int score)
        {
            return bytes[HeaderBytes + (2 * score)] | (bytes[HeaderBytes + (2 * score) + 1] << 8);
        }

        private static int Checksum(byte[] bytes)
        {
            int crc = Crc16.Start;
            for (int i = 0; i < Bytes - 2; i++)
            {
                crc = Crc16.Add(crc, (char)bytes[i]);
            }

            return crc;
        }
    }
}
