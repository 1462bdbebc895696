namespace NanoFormer.Interop
{
    /// <summary>Sums of a capture since its start.</summary>
    public sealed class CaptureTotals
    {
        /// <summary>How many numbers there are, in the order of the properties.</summary>
        internal const int Count = 9;

        internal CaptureTotals(long[] numbers)
        {
            Delivered = numbers[0];
            LostAtLeast = numbers[1];
            LostAtMost = numbers[2];
            Bursts = numbers[3];
            Overruns = numbers[4];
            Flushes = numbers[5];
            BusErrors = numbers[6];
            Wakes = numbers[7];
            Retries = numbers[8];
        }

        /// <summary>Samples read.</summary>
        public long Delivered { get; }

        /// <summary>Samples reported as lost, at least.</summary>
        public long LostAtLeast { get; }

        /// <summary>Samples reported as lost, at most.</summary>
        public long LostAtMost { get; }

        /// <summary>Bursts that brought samples.</summary>
        public long Bursts { get; }

        /// <summary>Times the ring was found full.</summary>
        public long Overruns { get; }

        /// <summary>Times the sensor's FIFO had to be emptied.</summary>
        public long Flushes { get; }

        /// <summary>Transfers that failed.</summary>
        public long BusErrors { get; }

        /// <summary>Times the reader was woken.</summary>
        public long Wakes { get; }

        /// <summary>Transfers that were repeated for want of an acknowledge.</summary>
        public long Retries { get; }
    }
}
