namespace NanoFormer.Device.Projects;

/// <summary>A package and the version of it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Three numbers.</param>
public sealed record Package(string Id, string Version)
{
    /// <summary>Its folder below <c>packages</c>.</summary>
    public string FolderName => $"{Id}.{Version}";
}
