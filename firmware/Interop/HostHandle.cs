#if !NANOFRAMEWORK_1_0
using System;
using Microsoft.Win32.SafeHandles;

namespace NanoFormer.Interop
{
    /// <summary>Owns an <c>nfh_engine</c>.</summary>
    internal sealed class HostHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        internal HostHandle(IntPtr engine)
            : base(true)
        {
            SetHandle(engine);
        }

        /// <inheritdoc/>
        protected override bool ReleaseHandle()
        {
            HostLibrary.nfh_close(handle);
            return true;
        }
    }

    /// <summary>Owns an <c>nfh_capture</c>.</summary>
    internal sealed class HostCaptureHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        internal HostCaptureHandle(IntPtr capture)
            : base(true)
        {
            SetHandle(capture);
        }

        /// <inheritdoc/>
        protected override bool ReleaseHandle()
        {
            HostLibrary.nfh_capture_close(handle);
            return true;
        }
    }
}
#endif
