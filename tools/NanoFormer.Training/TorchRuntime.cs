using System.Runtime.InteropServices;

namespace NanoFormer.Training;

/// <summary>Readies the native half of TorchSharp. Call <see cref="Load"/> before anything of TorchSharp's is touched.</summary>
/// <remarks>
/// The Linux build of TorchSharp's own library asks for the symbol version GLIBCXX_3.4.32, which nothing on the paths used here needs,
/// and which the libstdc++ of Debian 12 and its contemporaries does not have. Where the loader refuses the library for that reason, the
/// copy in the output folder is replaced by one that asks for that version weakly. The package cache is never touched.
/// </remarks>
public static class TorchRuntime
{
    private const string MissingVersion = "GLIBCXX_3.4.32";

    private static readonly Lazy<bool> Loaded = new(LoadOnce);

    /// <summary>Loads TorchSharp's native library, relaxing its version request first where the system's libstdc++ is older.</summary>
    /// <exception cref="DllNotFoundException">libtorch is not installed for this platform.</exception>
    public static void Load() => _ = Loaded.Value;

    private static bool LoadOnce()
    {
        string path = LibraryPath();
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return false; // TorchSharp finds its library by itself, or explains what is missing.
        }

        try
        {
            NativeLibrary.Load(path);
            return false;
        }
        catch (DllNotFoundException fault) when (fault.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            ElfVersionNeeds.MakeWeak(path, MissingVersion);
            NativeLibrary.Load(path);
            return true;
        }
    }

    private static string LibraryPath()
    {
        string beside = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        return File.Exists(beside)
            ? beside
            : Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
    }
}
