namespace NanoFormer.Sensors
{
    /// <summary>How a sensor's FIFO is read: the registers, and the form of a sample.</summary>
    public sealed class SensorFifo
    {
        /// <summary>Bytes that the FIFO is sure to hold.</summary>
        public int Bytes { get; set; }

        /// <summary>Signed 16-bit values per sample.</summary>
        public int Values { get; set; } = 6;

        /// <summary>Index of the first of three rotations in a sample; the accelerations are the first three values.</summary>
        public int FirstRotation { get; set; } = 3;

        /// <summary>Whether the low byte of a value comes first.</summary>
        public bool IsLittleEndian { get; set; }

        /// <summary>Samples per second.</summary>
        public int RateHertz { get; set; }

        /// <summary>How far the chip's clock may be off, in thousandths.</summary>
        public int ClockTolerancePermille { get; set; } = 100;

        /// <summary>First register of a burst.</summary>
        public int DataRegister { get; set; }

        /// <summary>Register of the 16-bit count.</summary>
        public int CountRegister { get; set; }

        /// <summary>Bits of the register that are the count; 0 for all.</summary>
        public int CountMask { get; set; }

        /// <summary>Bytes that one of the count stands for.</summary>
        public int CountUnit { get; set; } = 1;

        /// <summary>Register that empties the FIFO when <see cref="FlushValue"/> is written, and lets it run on.</summary>
        public int FlushRegister { get; set; }

        /// <summary>See <see cref="FlushRegister"/>.</summary>
        public int FlushValue { get; set; }

        /// <summary>What is written there after it, so that the FIFO runs on; 0 when it does by itself.</summary>
        public int RunValue { get; set; }

        /// <summary>Bytes of a word that begins with a tag, tag included; 0 for a FIFO without tags. A sample is a word of each kind.</summary>
        public int WordBytes { get; set; }

        /// <summary>Bits of a tag that say what the word holds.</summary>
        public int KindMask { get; set; }

        /// <summary>Bits of a tag that are the same in all words of a sample.</summary>
        public int TurnMask { get; set; }

        /// <summary>The tags, in the order in which the values are numbered; null without tags.</summary>
        public int[] Kinds { get; set; }

        /// <summary>Bytes of a sample.</summary>
        public int SampleBytes
        {
            get { return WordBytes == 0 ? 2 * Values : Kinds.Length * WordBytes; }
        }

        /// <summary>Microseconds in which the FIFO fills to one half: it is read at least so often.</summary>
        public int HalfFullMicroseconds
        {
            get { return Bytes / 2 / SampleBytes * (1000000 / RateHertz); }
        }
    }
}
