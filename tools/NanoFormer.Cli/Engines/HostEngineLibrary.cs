using NanoFormer.Emulator;

namespace NanoFormer.Cli.Engines;

/// <summary>Tells Interop where this repository's build of the C engine lies.</summary>
internal static class HostEngineLibrary
{
    private const string PathVariable = "NANOFORMER_NATIVE";

    /// <summary>Sets the variable that Interop reads, unless the user did or nothing was built.</summary>
    public static void Locate()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is null && File.Exists(NativeBuild.HostLibrary))
        {
            Environment.SetEnvironmentVariable(PathVariable, NativeBuild.HostLibrary);
        }
    }
}
