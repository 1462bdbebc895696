#if NANOFRAMEWORK_1_0
using System.Reflection;
using NanoFormer.Interop;

[assembly: AssemblyNativeVersion(EngineVersion.Text)]
#endif
