namespace NanoFormer.Sensors
{
    /// <summary>How a transfer on a register bus ended.</summary>
    public enum BusResult
    {
        /// <summary>Every byte was transferred.</summary>
        Ok = 0,

        /// <summary>The chip did not acknowledge, or the transfer broke off; the buffer's content is undefined.</summary>
        NoAcknowledge = 1,
    }
}
