using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoFormer.Device.Reference;

namespace NanoFormer.Contract.Tests;

/// <summary>Compiles sources as a nanoFramework build does.</summary>
internal static class DeviceAssembly
{
    /// <summary>The contract of an assembly made of these sources.</summary>
    public static InteropContract ContractOf(
        string name,
        IEnumerable<string> sources,
        LanguageVersion language = LanguageVersion.CSharp9,
        OptimizationLevel level = OptimizationLevel.Release)
    {
        var options = new CSharpParseOptions(language, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]);
        var compilation = CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, options)),
            [ReferenceSurface.Find("mscorlib")!],
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, deterministic: true));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return ManagedContract.Read(image);
    }

    /// <summary>The contract of one source, with a native version.</summary>
    public static InteropContract ContractOf(string name, string source, LanguageVersion language = LanguageVersion.CSharp9) =>
        ContractOf(name, [NativeVersion, source], language);

    private const string NativeVersion = """[assembly: System.Reflection.AssemblyNativeVersion("1.2.3.4")]""";
}
