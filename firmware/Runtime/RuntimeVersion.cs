#if NANOFRAMEWORK_1_0
using nanoFramework.Runtime.Native;
#else
using System;
#endif

namespace NanoFormer.Runtime
{
    /// <summary>Version of what executes the managed code: nanoCLR, such as 1.12.0.97, or .NET, such as net10.0.</summary>
    internal static class RuntimeVersion
    {
        internal static string Text
        {
#if NANOFRAMEWORK_1_0
            get { return SystemInfo.Version.ToString(); }
#else
            get { return "net" + Environment.Version.ToString(2); }
#endif
        }
    }
}
