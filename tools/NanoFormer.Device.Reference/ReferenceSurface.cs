using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoFormer.Device.Reference;

/// <summary>
/// The reference assemblies of nanoFramework 1.x that device code compiles against: the published mscorlib, and signatures without
/// bodies for the packages that the registry does not serve, which are compiled against that mscorlib themselves.
/// </summary>
public static class ReferenceSurface
{
    /// <summary>The one assembly that comes as it is published.</summary>
    public const string CoreLibrary = "mscorlib";

    private static readonly IReadOnlyDictionary<string, string[]> Dependencies = new Dictionary<string, string[]>
    {
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

    private static readonly Assembly Resources = typeof(ReferenceSurface).Assembly;

    private static readonly ConcurrentDictionary<string, Lazy<MetadataReference>> Made = new();

    /// <summary>Version of the published mscorlib, as references name it.</summary>
    public static Version CoreLibraryVersion { get; } = ReadVersion();

    /// <summary>Names of the assemblies.</summary>
    public static IEnumerable<string> Assemblies => [CoreLibrary, .. Dependencies.Keys];

    /// <summary>One of the <see cref="Assemblies"/>, made when it is first asked for; null for any other name.</summary>
    public static MetadataReference? Find(string assembly) => Assemblies.Contains(assembly)
        ? Made.GetOrAdd(assembly, name => new Lazy<MetadataReference>(() => name == CoreLibrary ? Published() : Compile(name))).Value
        : null;

    private static MetadataReference Published() =>
        MetadataReference.CreateFromStream(Resource(CoreLibrary + ".dll"), filePath: CoreLibrary + ".dll");

    private static Version ReadVersion()
    {
        using var image = new PEReader(Resource(CoreLibrary + ".dll"));
        return image.GetMetadataReader().GetAssemblyDefinition().Version;
    }

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
        return Resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(assembly + "/", StringComparison.Ordinal))
            .Select(name => CSharpSyntaxTree.ParseText(Read(name), options, path: name));
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Resource(name));
        return reader.ReadToEnd();
    }

    private static Stream Resource(string name) => Resources.GetManifestResourceStream(name)!;
}
