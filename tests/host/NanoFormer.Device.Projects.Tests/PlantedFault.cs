namespace NanoFormer.Device.Projects.Tests;

/// <summary>One change to a planted repository, and what must be found then.</summary>
/// <param name="Check">Title of the check that finds it.</param>
/// <param name="File">Where the fault is planted.</param>
/// <param name="Old">Text that is replaced.</param>
/// <param name="Planted">Text that replaces it.</param>
/// <param name="Place">Place of the finding.</param>
/// <param name="Message">Part of its message.</param>
public sealed record PlantedFault(string Check, string File, string Old, string Planted, string Place, string Message)
{
    /// <summary>Shown as the test's argument.</summary>
    public override string ToString() => $"{Check}: {Message}";
}
