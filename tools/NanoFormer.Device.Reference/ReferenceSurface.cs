using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoFormer.Device.Reference;

/// <summary>The reference assemblies of nanoFramework 1.x that device code compiles against: signatures without bodies.</summary>
public static class ReferenceSurface
{
    private const string CoreLibrary = "mscorlib";

    private static readonly IReadOnlyDictionary<string, string[]> Dependencies = new Dictionary<string, string[]>
    {
        [CoreLibrary] = [],
        ["nanoFramework.Hardware.Esp32"] = [CoreLibrary],
        ["nanoFramework.Hardware.Stm32"] = [CoreLibrary],
        ["nanoFramework.Runtime.Events"] = [CoreLibrary],
        ["nanoFramework.Runtime.Native"] = [CoreLibrary],
        ["nanoFramework.System.Collections"] = [CoreLibrary],
        ["nanoFramework.System.Text"] = [CoreLibrary],
        ["nanoFramework.TestFramework"] = [CoreLibrary],
        ["System.Device.Gpio"] = [CoreLibrary, "nanoFramework.Runtime.Events"],
        ["System.Device.I2c"] = [CoreLibrary],
        ["System.IO.Ports"] = [CoreLibrary, "System.IO.Streams"],
        ["System.IO.Streams"] = [CoreLibrary],
        ["System.Math"] = [CoreLibrary],
    };

    private static readonly ConcurrentDictionary<string, Lazy<MetadataReference>> Compiled = new();

    /// <summary>Names of the assemblies.</summary>
    public static IEnumerable<string> Assemblies => Dependencies.Keys;

    /// <summary>One of the <see cref="Assemblies"/>, compiled when it is first asked for; null for any other name.</summary>
    public static MetadataReference? Find(string assembly) => Dependencies.ContainsKey(assembly)
        ? Compiled.GetOrAdd(assembly, name => new Lazy<MetadataReference>(() => Compile(name))).Value
        : null;

    private static MetadataReference Compile(string assembly)
    {
        using var image = new MemoryStream();
        var result = CSharpCompilation
            .Create(assembly, Sources(assembly), Dependencies[assembly].Select(name => Find(name)!), Options())
            .Emit(image, options: new(metadataOnly: true, runtimeMetadataVersion: "v4.0.30319"));
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
        }
        return MetadataReference.CreateFromImage(image.ToArray(), filePath: assembly + ".dll");
    }

    // Methods without bodies and fields without uses are meant, so there is nothing to warn of.
    private static CSharpCompilationOptions Options() =>
        new(OutputKind.DynamicallyLinkedLibrary, warningLevel: 0, deterministic: true);

    private static IEnumerable<SyntaxTree> Sources(string assembly)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp9);
        var resources = typeof(ReferenceSurface).Assembly;
        return resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(assembly + "/", StringComparison.Ordinal))
            .Select(name => CSharpSyntaxTree.ParseText(Read(resources, name), options, path: name));
    }

    private static string Read(Assembly resources, string name)
    {
        using var reader = new StreamReader(resources.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
