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
        string[] plain = Log(woven: false);
        Assert.Empty(ManagedCounter.Read());
        string[] woven = Log(woven: true);
        var first = ManagedCounter.Read();
        string[] again = Log(woven: true);

        Assert.InRange(plain.Length, 20, 100);
        Assert.Contains(plain, line => line.StartsWith("nf1 infer", StringComparison.Ordinal));
        Assert.Contains(plain, line => line.StartsWith("nf1 gap", StringComparison.Ordinal));
        Assert.Equal(plain, woven);
        Assert.Equal(plain, again);
        Assert.Equal(first, ManagedCounter.Read());
        Assert.All(first, count => Assert.True(count.IsLibrary == (count.Instructions == 0), count.Method));
        Assert.InRange(first.Sum(count => count.Calls), 1_000, 10_000);
    }

    [Fact]
    public void A_hop_that_writes_its_answer_and_nothing_else_takes_no_memory()
    {
        var hops = ((long Allocations, string[] Lines)[])Run(nameof(WornDevice.Hops), woven: true);

        var plain = hops.Where(hop => hop.Lines is [var line] && line.StartsWith("nf1 infer", StringComparison.Ordinal)).ToArray();
        Assert.InRange(plain.Length, 10, hops.Length);
        Assert.All(plain, hop => Assert.Equal(0, hop.Allocations));
        Assert.NotEqual(0, ManagedCounter.Read().Sum(count => count.Allocations)); // at boot: they are counted
    }

    private static string[] Log(bool woven) => (string[])Run(nameof(WornDevice.Log), woven);

    /// <summary>What the device gives in a load context of its own, counted from nothing.</summary>
    private static object Run(string method, bool woven)
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

            var run = new OwnFirmware(folder.FullName).LoadFromAssemblyName(typeof(WornDevice).Assembly.GetName())
                .GetType(typeof(WornDevice).FullName!)!.GetMethod(method)!;
            ManagedCounter.Reset();
            return run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
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
