#if !NANOFRAMEWORK_1_0
namespace NanoFormer.Interop
{
    /// <summary>How a transfer ended (<c>nf_capture_transfer</c>).</summary>
    public enum CaptureTransfer
    {
        /// <summary>All bytes were moved.</summary>
        Done = 0,

        /// <summary>The sensor did not acknowledge; no byte of data was moved.</summary>
        Refused = 1,

        /// <summary>It broke off, nobody knows where.</summary>
        Broken = 2,
    }
}
#endif
