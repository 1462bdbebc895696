namespace NanoFormer.Runtime
{
    /// <summary>The host's deep sleep.</summary>
    public interface IPower
    {
        /// <summary>Sleeps until the interrupt pin is high or the time has passed; returns at once when it is high already.</summary>
        /// <returns>True when the pin woke the host.</returns>
        bool SleepUntilInterrupt(int timeoutMilliseconds);
    }
}
