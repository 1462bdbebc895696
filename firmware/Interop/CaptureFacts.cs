namespace NanoFormer.Interop
{
    /// <summary>What a capture knows at the end of a wait (<c>nf_path_facts</c>). Times are those of the capture's clock.</summary>
    public sealed class CaptureFacts
    {
        /// <summary>How many numbers there are.</summary>
        internal const int Count = 19;

        private readonly long[] _numbers = new long[Count];

        /// <summary>The numbers, in the order of the properties.</summary>
        internal long[] Numbers
        {
            get { return _numbers; }
        }

        /// <summary>What the wait ended with.</summary>
        public CaptureEvent Event
        {
            get { return (CaptureEvent)(int)_numbers[0]; }
        }

        /// <summary>Samples at the end of the window that no earlier wait has shown.</summary>
        public int Fresh
        {
            get { return (int)_numbers[1]; }
        }

        /// <summary>Samples in the window; fewer than a whole one unless the event is Window.</summary>
        public int Held
        {
            get { return (int)_numbers[2]; }
        }

        /// <summary>
        /// When the window's first sample was made, or after a gap the first one behind it; in microseconds, to within one sample. 0 when
        /// nothing follows the gap, because the capture was stopped in it.
        /// </summary>
        public long StartMicroseconds
        {
            get { return _numbers[3]; }
        }

        /// <summary>Up to when the samples have come, in microseconds: the time of a FIFO count, less the samples of it that are still to come.</summary>
        public long CoveredMicroseconds
        {
            get { return _numbers[4]; }
        }

        /// <summary>Whether the window was still.</summary>
        public bool IsStill
        {
            get { return _numbers[5] != 0; }
        }

        /// <summary>Variance of the window's acceleration, in thousandths of the still limit's square.</summary>
        public long MotionPermille
        {
            get { return _numbers[6]; }
        }

        /// <summary>Gap: sensor samples lost, at least.</summary>
        public long LostAtLeast
        {
            get { return _numbers[7]; }
        }

        /// <summary>Gap: sensor samples lost, at most.</summary>
        public long LostAtMost
        {
            get { return _numbers[8]; }
        }

        /// <summary>Gap: why.</summary>
        public CaptureLosses Losses
        {
            get { return (CaptureLosses)(int)_numbers[9]; }
        }

        /// <summary>Transfers without acknowledge since the last event; they were repeated, and nothing was lost by them.</summary>
        public int Retries
        {
            get { return (int)_numbers[10]; }
        }

        /// <summary>Microseconds since the sensor last gave a sign of life.</summary>
        public long SilentMicroseconds
        {
            get { return _numbers[11]; }
        }

        /// <summary>Transfers that failed in a row, up to now.</summary>
        public int Failures
        {
            get { return (int)_numbers[12]; }
        }

        /// <summary>The capture's clock now, in microseconds.</summary>
        public long NowMicroseconds
        {
            get { return _numbers[13]; }
        }

        /// <summary>The sensor's measured sample period in nanoseconds.</summary>
        public int PeriodNanoseconds
        {
            get { return (int)_numbers[14]; }
        }

        /// <summary>Window: bit v is set when value v of the sensor's samples did not change in the newest hop, or in 32 samples if that takes fewer.</summary>
        public int FrozenValues
        {
            get { return (int)_numbers[15]; }
        }

        /// <summary>Acceleration of the newest sample on an axis, 0 to 2, in sensor steps.</summary>
        public int NewestAcceleration(int axis)
        {
            return (int)_numbers[16 + axis];
        }
    }
}
