using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace NanoFormer.Contract.Tests;

/// <summary>firmware/Interop, compiled for the device, against native-interop/nanoframework.</summary>
public partial class InteropContractTests
{
    private const string NativeFolder = "native-interop/nanoframework";

    private static readonly NativeTable Table = new("NanoFormer_Interop");

    private static readonly string TableFile = Repository.PathOf(NativeFolder + "/NanoFormer_Interop.cpp");

    private static readonly InteropContract Managed = DeviceAssembly.ContractOf("NanoFormer.Interop", Sources());

    // After a change of firmware/Interop: run with NANOFORMER_UPDATE_GOLDEN=1, then write or rename the native methods that this names.
    [Fact]
    public void The_native_table_keeps_the_contract()
    {
        if (Environment.GetEnvironmentVariable("NANOFORMER_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(TableFile, Table.Write(Managed));
        }

        Assert.Empty(Managed.DifferencesIn(Table.Read(File.ReadAllText(TableFile))));
    }

    // The checksum leaves out methods before the first native one: without another version a board would call the wrong native methods.
    [Fact]
    public void Another_table_has_another_version()
    {
        byte[] table = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Managed.Methods)));
        Assert.Equal("1.2.0.0 63E6CD68D88E234F", $"{Managed.NativeVersion} {Convert.ToHexString(table)[..16]}");
    }

    [Fact]
    public void Every_native_method_is_declared_and_defined_once()
    {
        var native = Managed.Methods.OfType<string>().Order(StringComparer.Ordinal).ToList();
        var files = Directory.GetFiles(Repository.PathOf(NativeFolder), "*_mshl.cpp").Select(File.ReadAllText);
        Assert.Equal(native, files.SelectMany(Definitions).Order(StringComparer.Ordinal));
        string header = File.ReadAllText(Repository.PathOf(NativeFolder + "/NanoFormer_Interop.h"));
        Assert.Equal(native, Declarations(header).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_debug_build_has_the_same_contract()
    {
        var debug = DeviceAssembly.ContractOf("NanoFormer.Interop", Sources(), level: OptimizationLevel.Debug);
        Assert.Empty(Managed.DifferencesIn(debug));
    }

    [Fact]
    public void A_method_more_on_either_side_is_found()
    {
        var more = DeviceAssembly.ContractOf("NanoFormer.Interop", [.. Sources(), Planted]);
        Assert.NotEmpty(more.DifferencesIn(Table.Read(File.ReadAllText(TableFile))));
        Assert.NotEmpty(Managed.DifferencesIn(more));
    }

    private const string Planted = """
        namespace NanoFormer.Interop
        {
            internal static class NativePlanted
            {
                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)]
                internal static extern void Grow(int leaves);
            }
        }
        """;

    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(Repository.PathOf("firmware/Interop"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static IEnumerable<string> Definitions(string source)
    {
        var type = Alias().Match(source);
        return Definition().Matches(source)
            .Where(match => match.Groups["alias"].Value == type.Groups["alias"].Value)
            .Select(match => type.Groups["class"].Value + "::" + match.Groups["method"].Value);
    }

    private static IEnumerable<string> Declarations(string header) => Structure().Matches(header)
        .SelectMany(type => Declaration().Matches(type.Groups["body"].Value)
            .Select(method => type.Groups["class"].Value + "::" + method.Groups["method"].Value));

    [GeneratedRegex(@"typedef Library_NanoFormer_Interop_(?<class>\w+) (?<alias>\w+);")]
    private static partial Regex Alias();

    [GeneratedRegex(@"^HRESULT\s(?<alias>\w+)::(?<method>\w+)\(\s*CLR_RT_StackFrame &stack\)$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"struct Library_NanoFormer_Interop_(?<class>\w+)\s*\{(?<body>[^}]*)\}")]
    private static partial Regex Structure();

    [GeneratedRegex(@"NANOCLR_NATIVE_DECLARE\(\s*(?<method>\w+)\)")]
    private static partial Regex Declaration();
}
