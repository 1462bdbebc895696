namespace NanoFormer.Device.Projects;

/// <summary>A project in a solution.</summary>
/// <param name="Type">Kind of project.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Path">Full path of the project file.</param>
/// <param name="Guid">Identity of the project.</param>
public sealed record SolutionEntry(Guid Type, string Name, string Path, Guid Guid);
