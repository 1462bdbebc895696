namespace NanoFormer.Sensors
{
    /// <summary>The host's time: a counter that never runs backwards, and a pause.</summary>
    public interface IClock
    {
        /// <summary>Microseconds since an arbitrary origin, sleeps included.</summary>
        long Microseconds { get; }

        /// <summary>Pauses for at least this many milliseconds; the host may use light sleep meanwhile.</summary>
        void Sleep(int milliseconds);
    }
}
