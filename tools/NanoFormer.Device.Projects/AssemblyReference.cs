namespace NanoFormer.Device.Projects;

/// <summary>A reference to an assembly that a package brings.</summary>
/// <param name="Name">Simple name.</param>
/// <param name="Version">Version in the reference; null when it names none.</param>
/// <param name="HintPath">Where the package manager puts the file, as written; null when the reference does not say.</param>
public sealed record AssemblyReference(string Name, Version? Version, string? HintPath);
