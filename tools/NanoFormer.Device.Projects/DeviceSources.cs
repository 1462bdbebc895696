using Microsoft.CodeAnalysis.CSharp;

namespace NanoFormer.Device.Projects;

/// <summary>The C# files of the repository that run on a device.</summary>
public static class DeviceSources
{
    /// <summary>Folders with nothing but device code, below the root.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["firmware", "sensors", "tests/device"];

    /// <summary>Files below a folder that hold code for the device, by path; what is wholly for .NET does not count.</summary>
    public static IEnumerable<string> Below(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(Path.GetRelativePath(folder, path)) && HasDeviceCode(path))
            .Order(StringComparer.Ordinal)
        : [];

    private static bool IsBuildOutput(string path) => path.Split('/', '\\').Any(part => part is "bin" or "obj");

    private static bool HasDeviceCode(string path)
    {
        var unit = SyntaxFactory.ParseCompilationUnit(File.ReadAllText(path), options: DeviceCompiler.ParseOptions);
        return unit.Members.Count > 0 || unit.AttributeLists.Count > 0;
    }
}
