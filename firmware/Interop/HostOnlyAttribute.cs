#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>Marks what stands for native code on .NET: it is not counted as managed code of the firmware.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
    internal sealed class HostOnlyAttribute : Attribute
    {
    }
}
#endif
