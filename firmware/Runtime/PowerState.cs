namespace NanoFormer.Runtime
{
    /// <summary>What the host is doing, for the energy ledger.</summary>
    public enum PowerState
    {
        /// <summary>Executing: reading the sensor, running the model, writing the log.</summary>
        Run = 0,

        /// <summary>Sleeping lightly: while the sensor's FIFO fills, between tries of a bus, while polling.</summary>
        Capture = 1,

        /// <summary>Sleeping with its memory kept, while the sensor watches for motion or a timer runs.</summary>
        Sleep = 2,

        /// <summary>Powered down; the program starts again afterwards.</summary>
        DeepSleep = 3,
    }
}
