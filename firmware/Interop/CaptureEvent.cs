namespace NanoFormer.Interop
{
    /// <summary>What a wait for a capture ended with (<c>nf_path_event</c>).</summary>
    public enum CaptureEvent
    {
        /// <summary>The time is over.</summary>
        Nothing = 0,

        /// <summary>A window is full; it lies still until the next wait.</summary>
        Window = 1,

        /// <summary>Samples were lost: no window spans the place. The capture has gone on by itself.</summary>
        Gap = 2,

        /// <summary>No sample has come for two reads and a half: the sensor does not answer, or takes no samples.</summary>
        Silent = 3,
    }
}
