namespace NanoFormer.Device.Projects;

/// <summary>An <c>.nfproj</c> with the <c>packages.config</c> beside it. All paths are full.</summary>
public sealed record NanoProject
{
    /// <summary>The project file.</summary>
    public required string Path { get; init; }

    /// <summary>Name of its assembly.</summary>
    public required string Name { get; init; }

    /// <summary>Identity in the solution; empty when the file gives none.</summary>
    public required Guid Guid { get; init; }

    /// <summary>Whether it builds an application rather than a library.</summary>
    public required bool IsApplication { get; init; }

    /// <summary>What it compiles: one for each board that the file distinguishes, otherwise one.</summary>
    public required IReadOnlyList<NanoVariant> Variants { get; init; }

    /// <summary>Project files it refers to.</summary>
    public required IReadOnlyList<string> ProjectReferences { get; init; }

    /// <summary>Packages of its <c>packages.config</c>; none without that file.</summary>
    public required IReadOnlyList<Package> Packages { get; init; }

    /// <summary>Property names and values, the last of each name.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>File names of the project system that it imports, in order.</summary>
    public required IReadOnlyList<string> Imports { get; init; }

    /// <summary>C# files of all variants.</summary>
    public IEnumerable<string> Sources => Variants.SelectMany(variant => variant.Sources).Distinct();

    /// <summary>References to assemblies of packages, of all variants.</summary>
    public IEnumerable<AssemblyReference> References => Variants.SelectMany(variant => variant.References).Distinct();

    /// <summary>Its folder.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;
}

/// <summary>A reference to an assembly that a package brings.</summary>
/// <param name="Name">Simple name.</param>
/// <param name="Version">Version in the reference; null when it names none.</param>
/// <param name="HintPath">Where the package manager puts the file, as written; null when the reference does not say.</param>
public sealed record AssemblyReference(string Name, Version? Version, string? HintPath);

/// <summary>A package and the version of it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Three numbers.</param>
public sealed record Package(string Id, string Version)
{
    /// <summary>Its folder below <c>packages</c>.</summary>
    public string FolderName => $"{Id}.{Version}";
}
