namespace NanoFormer.Runtime
{
    /// <summary>What the host is doing, for the energy ledger.</summary>
    public enum PowerState
    {
        /// <summary>Executing: reading the sensor, running the model, writing the log.</summary>
        Run = 0,

        /// <summary>Sleeping lightly: while the sensor's FIFO fills, between tries of a bus, while polling.</summary>
        Capture = 1,

        /// <summary>Sleeping deeply while the sensor watches for motion.</summary>
        Sleep = 2,
    }
}
