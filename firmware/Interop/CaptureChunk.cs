namespace NanoFormer.Interop
{
    /// <summary>What one read of a capture brought. It never spans a gap: a gap lies before its first sample.</summary>
    public sealed class CaptureChunk
    {
        /// <summary>Numbers of a chunk: first, time, time's sample, samples, least lost, most lost, reasons.</summary>
        internal const int Count = 7;

        /// <summary>Number of the first sample, counted from the start; lost ones count too.</summary>
        public long First { get; private set; }

        /// <summary>When sample <see cref="TimeSample"/> was made, in microseconds of the board's clock.</summary>
        public long TimeMicroseconds { get; private set; }

        /// <summary>The newest sample at the interrupt that brought this chunk's last.</summary>
        public long TimeSample { get; private set; }

        /// <summary>Samples read.</summary>
        public int Samples { get; private set; }

        /// <summary>Samples lost before the first: at least so many.</summary>
        public int LostAtLeast { get; private set; }

        /// <summary>Samples lost before the first: at most so many.</summary>
        public int LostAtMost { get; private set; }

        /// <summary>Why they were lost.</summary>
        public CaptureLosses Losses { get; private set; }

        /// <summary>Whether samples are missing before the first.</summary>
        public bool HasGap
        {
            get { return LostAtMost > 0; }
        }

        /// <summary>Takes the numbers in their order, see <see cref="Count"/>.</summary>
        internal void Set(long[] numbers)
        {
            First = numbers[0];
            TimeMicroseconds = numbers[1];
            TimeSample = numbers[2];
            Samples = (int)numbers[3];
            LostAtLeast = (int)numbers[4];
            LostAtMost = (int)numbers[5];
            Losses = (CaptureLosses)(int)numbers[6];
        }
    }
}
