namespace NanoFormer.Sensors
{
    /// <summary>How a transfer on a register bus ended.</summary>
    public enum BusResult
    {
        /// <summary>Every byte was transferred.</summary>
        Ok = 0,

        /// <summary>The chip did not acknowledge its address or the register: no byte of data moved.</summary>
        NoAcknowledge = 1,

        /// <summary>The transfer broke off, nobody knows where; the buffer's content is undefined.</summary>
        Broken = 2,
    }
}
