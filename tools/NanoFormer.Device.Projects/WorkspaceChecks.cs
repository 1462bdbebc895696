using NanoFormer.Device.Projects.Checks;

namespace NanoFormer.Device.Projects;

/// <summary>All checks that need neither packages nor the nanoFramework build system.</summary>
public static class WorkspaceChecks
{
    /// <summary>The checks, from the plainest to the dearest.</summary>
    public static IReadOnlyList<IWorkspaceCheck> All { get; } =
    [
        new ReadableCheck(),
        new SettingsCheck(),
        new SolutionCheck(),
        new FilesCheck(),
        new SourcesCheck(),
        new PackagesCheck(),
        new ReferencesCheck(),
        new CompileCheck(),
    ];
}

/// <summary>One thing that must be right about the projects.</summary>
public interface IWorkspaceCheck
{
    /// <summary>What is right when the check finds nothing.</summary>
    string Title { get; }

    /// <summary>What is wrong.</summary>
    IEnumerable<Finding> Run(NanoWorkspace workspace);
}
