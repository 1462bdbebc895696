namespace NanoFormer.Sensors
{
    /// <summary>How a sensor operation ended.</summary>
    public enum SensorStatus
    {
        /// <summary>Done.</summary>
        Ok = 0,

        /// <summary>The chip did not answer on the bus.</summary>
        NoAcknowledge = 1,

        /// <summary>Something answers at the chip's address, but with an identity this driver does not know.</summary>
        UnknownChip = 2,

        /// <summary>The FIFO was full and dropped its oldest bytes: what it holds no longer starts at a packet.</summary>
        FifoOverflow = 3,

        /// <summary>The FIFO does not hold whole packets.</summary>
        FifoMisaligned = 4,

        /// <summary>The chip answers but takes no samples, as after a loss of power.</summary>
        Stalled = 5,

        /// <summary>An axis answered the self-test otherwise than in the factory.</summary>
        SelfTestFailed = 6,

        /// <summary>This part cannot do it.</summary>
        NotSupported = 7,

        /// <summary>The chip has lost its settings, as after a dip of its power.</summary>
        PowerLost = 8,

        /// <summary>The chip answers, but its values do not change or are impossible.</summary>
        Frozen = 9,

        /// <summary>No transfer comes to an end: a line of the bus is low.</summary>
        BusStuck = 10,

        /// <summary>The identity is what is left of the sensor's when another device at its address pulls bits low.</summary>
        SharedAddress = 11,
    }
}
