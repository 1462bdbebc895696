namespace NanoFormer.Runtime
{
    /// <summary>The host's two sleeps: one keeps the memory and goes on, the other gives it up and starts the program again.</summary>
    public interface IPower
    {
        /// <summary>What started the program.</summary>
        StartCause StartCause { get; }

        /// <summary>A count of milliseconds that goes on while the host is powered down.</summary>
        long RealTimeMilliseconds { get; }

        /// <summary>Sleeps until the interrupt pin is high or the time has passed; returns at once when it is high already.</summary>
        /// <returns>True when the pin woke the host.</returns>
        bool SleepUntilInterrupt(int timeoutMilliseconds);

        /// <summary>
        /// Powers the host down until the time has passed or, if asked for, the interrupt pin is high. Then the program starts
        /// again: on a device this call does not come back.
        /// </summary>
        /// <returns>
        /// False at once when this board cannot; true, on a simulated board, when the sleep is over and the program must start.
        /// </returns>
        bool PowerDown(int timeoutMilliseconds, bool untilInterrupt);
    }
}
