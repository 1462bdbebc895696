namespace NanoFormer.Interop
{
    /// <summary>What asks for a burst (<c>nf_capture_trigger</c>).</summary>
    public enum CaptureTrigger
    {
        /// <summary>An interrupt per sample; losses are then exact.</summary>
        DataReady = 0,

        /// <summary>An interrupt when the FIFO has filled up to a burst.</summary>
        Watermark = 1,

        /// <summary>The host's clock: for a FIFO without a watermark, which is left to fill while the host sleeps.</summary>
        Timed = 2,
    }
}
