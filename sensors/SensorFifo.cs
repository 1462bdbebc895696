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

        /// <summary>Register of the 16-bit count of bytes.</summary>
        public int CountRegister { get; set; }

        /// <summary>Register that empties the FIFO when <see cref="FlushValue"/> is written, and lets it run on.</summary>
        public int FlushRegister { get; set; }

        /// <summary>See <see cref="FlushRegister"/>.</summary>
        public int FlushValue { get; set; }

        /// <summary>Bytes of a sample.</summary>
        public int SampleBytes
        {
            get { return 2 * Values; }
        }

        /// <summary>Microseconds in which the FIFO fills to one half: it is read at least so often.</summary>
        public int HalfFullMicroseconds
        {
            get { return Bytes / 2 / SampleBytes * (1000000 / RateHertz); }
        }
    }
}
