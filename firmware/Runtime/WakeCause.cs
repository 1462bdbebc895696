namespace NanoFormer.Runtime
{
    /// <summary>Why the host is awake.</summary>
    public enum WakeCause
    {
        /// <summary>For nothing that needs a capture: someone asked to stop, or nothing had moved.</summary>
        None = 0,

        /// <summary>The sensor's interrupt pin.</summary>
        Motion = 1,

        /// <summary>The sensor's motion flag, found without the pin.</summary>
        Poll = 2,

        /// <summary>The timer.</summary>
        Timer = 3,

        /// <summary>The device has just started, and looks before it sleeps.</summary>
        Boot = 4,

        /// <summary>Someone switched the device to work.</summary>
        Armed = 5,

        /// <summary>The sensor had lost its settings and did not watch.</summary>
        Reset = 6,
    }
}
