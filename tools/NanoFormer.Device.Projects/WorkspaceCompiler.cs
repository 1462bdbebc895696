using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NanoFormer.Device.Reference;

namespace NanoFormer.Device.Projects;

/// <summary>Compiles projects, each library once.</summary>
/// <param name="workspace">The projects.</param>
/// <param name="symbols">Symbols of the configuration, such as DEBUG.</param>
public sealed class WorkspaceCompiler(NanoWorkspace workspace, params string[] symbols)
{
    private readonly Dictionary<string, CSharpCompilation> _libraries = [];

    /// <summary>Compiles a library.</summary>
    public CSharpCompilation Library(NanoProject project)
    {
        if (!_libraries.TryGetValue(project.Path, out var library))
        {
            library = Compile(project, project.Variants[0]);
            _libraries[project.Path] = library;
        }

        return library;
    }

    /// <summary>Compiles a variant of a project against the surfaces of the assemblies, and the projects, that it refers to.</summary>
    public CSharpCompilation Compile(NanoProject project, NanoVariant variant)
    {
        string[] defined = [.. DeviceCompiler.ParseOptions.PreprocessorSymbolNames, .. variant.Symbols, .. symbols];
        var options = DeviceCompiler.ParseOptions.WithPreprocessorSymbols(defined);
        var surfaces = variant.References.Select(reference => ReferenceSurface.Find(reference.Name)).OfType<MetadataReference>();
        var libraries = project.ProjectReferences.Select(workspace.Find).OfType<NanoProject>()
            .Select(library => Library(library).ToMetadataReference());
        var sources = variant.Sources.Where(File.Exists).Select(path => Parse(path, options));
        var kind = project.IsApplication ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return DeviceCompiler.Compile(project.Name, sources, [.. surfaces, .. libraries], kind);
    }

    private static SyntaxTree Parse(string path, CSharpParseOptions options)
    {
        using var file = File.OpenRead(path);
        return CSharpSyntaxTree.ParseText(SourceText.From(file), options, path);
    }
}
