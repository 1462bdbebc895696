#if NANOFRAMEWORK_1_0
using System.Reflection;

[assembly: AssemblyNativeVersion("1.1.0.0")]
#endif
