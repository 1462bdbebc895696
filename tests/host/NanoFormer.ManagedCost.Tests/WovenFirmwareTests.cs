using System.Reflection;
using System.Runtime.Loader;

namespace NanoFormer.ManagedCost.Tests;

/// <summary>The firmware computes with the counting what it computes without.</summary>
public class WovenFirmwareTests
{
    private static readonly HashSet<string> Firmware =
        ["NanoFormer.Interop", "NanoFormer.Sensors", "NanoFormer.Runtime", "NanoFormer.Wearable"];

    [Fact]
    public void Woven_firmware_logs_the_same_bytes_and_is_counted()
    {
        string[] plain = Run(woven: false);
        Assert.Empty(ManagedCounter.Read());
        string[] woven = Run(woven: true);
        var first = ManagedCounter.Read();
        string[] again = Run(woven: true);

        Assert.InRange(plain.Length, 20, 100);
        Assert.Contains(plain, line => line.StartsWith("nf1 infer", StringComparison.Ordinal));
        Assert.Contains(plain, line => line.StartsWith("nf1 gap", StringComparison.Ordinal));
        Assert.Equal(plain, woven);
        Assert.Equal(plain, again);
        Assert.Equal(first, ManagedCounter.Read());
        Assert.All(first, count => Assert.True(count.IsLibrary == (count.Instructions == 0), count.Method));
        Assert.True(first.Sum(count => count.Calls) > 10_000);
    }

    /// <summary>The log of the firmware in a load context of its own, counted from nothing.</summary>
    private static string[] Run(bool woven)
    {
        var folder = Directory.CreateTempSubdirectory("nanoformer-firmware");
        try
        {
            foreach (string path in Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
            {
                File.Copy(path, Path.Combine(folder.FullName, Path.GetFileName(path)));
            }
            if (woven)
            {
                Assert.Equal(Firmware.Count, Weaver.Weave(folder.FullName, Firmware).Count);
            }
            var log = new OwnFirmware(folder.FullName).LoadFromAssemblyName(typeof(WornDevice).Assembly.GetName())
                .GetType(typeof(WornDevice).FullName!)!.GetMethod(nameof(WornDevice.Log))!;
            ManagedCounter.Reset();
            return (string[])log.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Has its own NanoFormer assemblies, except for the counter.</summary>
    private sealed class OwnFirmware(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith("NanoFormer.", StringComparison.Ordinal) && assemblyName.Name != "NanoFormer.ManagedCost"
                ? LoadFromAssemblyPath(Path.Combine(folder, assemblyName.Name + ".dll"))
                : null;
    }
}
