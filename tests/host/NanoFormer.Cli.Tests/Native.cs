using System.Runtime.CompilerServices;
using NanoFormer.Emulator;

namespace NanoFormer.Cli.Tests;

/// <summary>The builds of the C engine that tests run, or the reason to skip a test.</summary>
internal static class Native
{
    private const string LibraryVariable = "NANOFORMER_NATIVE";

    /// <summary>Where Interop looks for the library of this machine.</summary>
    private static string Library => Environment.GetEnvironmentVariable(LibraryVariable) ?? NativeBuild.HostLibrary;

    /// <summary>Skips the test when the engine has not been built for this machine.</summary>
    public static void RequireHost() => Assert.SkipUnless(File.Exists(Library), $"{Library} has not been built.");

    /// <summary>Skips the test when QEMU or the build for a core is missing, or what runs beside it.</summary>
    public static void RequireCore(CoreTarget core)
    {
        string? missing = NativeBuild.MissingFor(core);
        Assert.SkipUnless(missing is null, missing ?? "");
        RequireHost();
    }

    /// <summary>Skips the test when what <c>--core NAME</c> needs is missing.</summary>
    public static void RequireCore(string name)
    {
        switch (name)
        {
            case "reference":
                return;
            case "host":
                RequireHost();
                return;
            default:
                RequireCore(CoreTarget.All.Single(core => core.Name == name));
                return;
        }
    }

    [ModuleInitializer]
    internal static void Locate() => Environment.SetEnvironmentVariable(LibraryVariable, Library);
}
