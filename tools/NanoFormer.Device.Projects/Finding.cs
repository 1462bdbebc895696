namespace NanoFormer.Device.Projects;

/// <summary>Something that is wrong with the projects.</summary>
/// <param name="Place">File, relative to the repository, with a line where one is known.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record Finding(string Place, string Message);
