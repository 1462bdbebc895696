namespace NanoFormer.Emulator;

/// <summary>
/// Where the products of native-interop's CMake presets lie: <c>build/native/&lt;preset&gt;</c> under the repository, which is looked for
/// from the program and the current directory upwards, or the folder that the environment variable
/// <c>NANOFORMER_NATIVE_BUILD</c> names in place of <c>build/native</c>.
/// </summary>
public static class NativeBuild
{
    /// <summary>Environment variable with the folder that holds one folder a preset.</summary>
    public const string FolderVariable = "NANOFORMER_NATIVE_BUILD";

    private const string RepositoryMark = "NanoFormer.slnx";
    private const string HostPreset = "host";

    /// <summary>The folder with one folder a preset; it need not exist.</summary>
    public static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } configured
        ? configured
        : Path.Combine(RepositoryRoot() ?? Directory.GetCurrentDirectory(), "build", "native");

    /// <summary>The engine as a shared library of this system.</summary>
    public static string HostLibrary => Path.Combine(Folder, HostPreset, HostLibraryName);

    /// <summary>QEMU's plugin that counts instructions.</summary>
    public static string CountPlugin => Path.Combine(Folder, HostPreset, "libnfcount.so");

    /// <summary>The engine's server for a core.</summary>
    public static string CoreImage(CoreTarget target) => Path.Combine(Folder, target.Name, "nanoformer.elf");

    /// <summary>The device under test of MLPerf Tiny for a core.</summary>
    public static string DeviceImage(CoreTarget target) => Path.Combine(Folder, target.Name, "dut.elf");

    /// <summary>The loop of known length that checks the instruction counter.</summary>
    public static string CountLoopImage(CoreTarget target) => Path.Combine(Folder, target.Name, "count_loop.elf");

    /// <summary>What an emulated core still needs before it can start, as a sentence for people; null when nothing is missing.</summary>
    public static string? MissingFor(CoreTarget target)
    {
        if (!OnPath(target.Emulator))
        {
            return $"{target.Emulator} is not installed (Debian and Ubuntu: packages qemu-system-arm and qemu-system-misc).";
        }

        string[] files = [CoreImage(target), CountPlugin];
        string? missing = files.FirstOrDefault(file => !File.Exists(file));
        return missing is null
            ? null
            : $"{missing} has not been built. In native-interop, for NAME {HostPreset} and {target}: "
                + "cmake --preset NAME && cmake --build --preset NAME";
    }

    private static string HostLibraryName =>
        OperatingSystem.IsWindows() ? "nanoformer.dll"
        : OperatingSystem.IsMacOS() ? "libnanoformer.dylib"
        : "libnanoformer.so";

    /// <summary>The repository's folder; null when neither the program nor the current directory lies in one.</summary>
    public static string? RepositoryRoot() => RootAbove(AppContext.BaseDirectory) ?? RootAbove(Directory.GetCurrentDirectory());

    private static string? RootAbove(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RepositoryMark)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static bool OnPath(string program)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        string folders = Environment.GetEnvironmentVariable("PATH") ?? "";
        return folders.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, file)));
    }
}
