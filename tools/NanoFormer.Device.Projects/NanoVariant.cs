namespace NanoFormer.Device.Projects;

/// <summary>What a project compiles for a board.</summary>
/// <param name="Board">The board; null when the project does not distinguish boards.</param>
/// <param name="Symbols">Preprocessor symbols that the project adds.</param>
/// <param name="Sources">C# files.</param>
/// <param name="References">References to assemblies of packages.</param>
public sealed record NanoVariant(
    string? Board,
    IReadOnlyList<string> Symbols,
    IReadOnlyList<string> Sources,
    IReadOnlyList<AssemblyReference> References);
