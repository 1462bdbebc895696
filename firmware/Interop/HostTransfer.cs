#if !NANOFRAMEWORK_1_0
using System.Runtime.InteropServices;

namespace NanoFormer.Interop
{
    /// <summary>A transfer that the native path asks its host for (<c>nfh_transfer</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct HostTransfer
    {
        internal const int None = 0;
        internal const int Read = 1;
        internal const int Write = 2;

        internal int Kind;
        internal int Register;
        internal int Bytes;
        internal int Value;
    }
}
#endif
