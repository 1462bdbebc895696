using NanoFormer.Emulator;
using NanoFormer.Interop;

namespace NanoFormer.Interchange.Tests;

/// <summary>
/// What runs an image over many windows: the C engine of this machine where it was built, else the C# executor, slower and of the same
/// bytes.
/// </summary>
internal static class IntegerEngine
{
    private const string LibraryVariable = "NANOFORMER_NATIVE";

    public static ITransformerEngine Open(byte[] image)
    {
        string library = Environment.GetEnvironmentVariable(LibraryVariable) ?? NativeBuild.HostLibrary;
        if (!File.Exists(library))
        {
            return new ReferenceEngine(image);
        }

        Environment.SetEnvironmentVariable(LibraryVariable, library);
        return new HostEngine(image);
    }
}
