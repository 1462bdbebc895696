using System;

namespace NanoFormer.Interop
{
    /// <summary>Why samples were lost (<c>NF_CAPTURE_LOST_...</c>).</summary>
    [Flags]
    public enum CaptureLosses
    {
        /// <summary>None were.</summary>
        None = 0,

        /// <summary>The reader came too late.</summary>
        RingFull = 1,

        /// <summary>A sample came while the bus was busy with the one before.</summary>
        Busy = 2,

        /// <summary>A transfer failed.</summary>
        BusError = 4,

        /// <summary>The sensor's FIFO overflowed.</summary>
        FifoOverflow = 8,

        /// <summary>An interrupt was served so late that others may have gone unseen.</summary>
        Late = 16,

        /// <summary>They were still in the FIFO when the capture was stopped.</summary>
        Stopped = 32,

        /// <summary>The FIFO held no whole number of samples.</summary>
        Misaligned = 64,
    }
}
