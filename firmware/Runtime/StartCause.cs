namespace NanoFormer.Runtime
{
    /// <summary>What started the program.</summary>
    public enum StartCause
    {
        /// <summary>Power, a reset, or anything else that is not the end of a deep sleep.</summary>
        PowerOn = 0,

        /// <summary>The interrupt pin ended a deep sleep.</summary>
        Interrupt = 1,

        /// <summary>The timer ended a deep sleep.</summary>
        Timer = 2,
    }
}
