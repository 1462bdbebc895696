namespace NanoFormer.Device.Projects;

/// <summary>A line of <c>packages.props</c>, the one place for versions.</summary>
/// <param name="Package">Package and version.</param>
/// <param name="DependsOn">Ids of the packages it needs.</param>
public sealed record PinnedPackage(Package Package, IReadOnlyList<string> DependsOn);
