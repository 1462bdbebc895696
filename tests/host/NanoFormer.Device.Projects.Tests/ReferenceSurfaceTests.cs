using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoFormer.Device.Reference;

namespace NanoFormer.Device.Projects.Tests;

/// <summary>What device code is compiled against: the published mscorlib, and declarations that fit it.</summary>
public class ReferenceSurfaceTests
{
    [Fact]
    public void The_core_library_is_the_published_one()
    {
        Assert.Equal(new Version(1, 17, 11, 0), ReferenceSurface.CoreLibraryVersion);
        // Internal to the published library, so of no use to device code and never declared by hand.
        Assert.NotNull(Load().Single(assembly => assembly.Name == ReferenceSurface.CoreLibrary).GetTypeByMetadataName("System.Number"));
    }

    [Fact]
    public void No_type_is_declared_twice()
    {
        string[] twice =
        [
            .. Load().SelectMany(assembly => PublicTypes(assembly.GlobalNamespace)).GroupBy(type => type)
                .Where(type => type.Count() > 1).Select(type => type.Key),
        ];

        Assert.Empty(twice);
    }

    private static IEnumerable<IAssemblySymbol> Load()
    {
        var references = ReferenceSurface.Assemblies.Select(name => ReferenceSurface.Find(name)!).ToArray();
        var compilation = CSharpCompilation.Create("Empty", references: references);
        return [.. references.Select(reference => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!)];
    }

    private static IEnumerable<string> PublicTypes(INamespaceSymbol space) =>
    [
        .. space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Select(type => type.ToDisplayString()),
        .. space.GetNamespaceMembers().SelectMany(PublicTypes),
    ];
}
