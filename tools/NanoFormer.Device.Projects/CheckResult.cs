namespace NanoFormer.Device.Projects;

/// <summary>What one check found.</summary>
/// <param name="Title">The check.</param>
/// <param name="Findings">Nothing when all is right.</param>
public sealed record CheckResult(string Title, IReadOnlyList<Finding> Findings);
