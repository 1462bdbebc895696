namespace NanoFormer.Wearable
{
    /// <summary>Why the host is awake.</summary>
    internal enum WakeCause
    {
        /// <summary>Someone asked the loop to stop.</summary>
        Stopped = 0,

        /// <summary>The sensor's interrupt pin.</summary>
        Motion = 1,

        /// <summary>The sensor's motion flag, found without the pin.</summary>
        Poll = 2,

        /// <summary>The timer.</summary>
        Timer = 3,

        /// <summary>The device has just started, and looks before it sleeps.</summary>
        Boot = 4,
    }
}
