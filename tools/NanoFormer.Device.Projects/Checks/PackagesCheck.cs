namespace NanoFormer.Device.Projects.Checks;

/// <summary>The packages of each project are pinned, at the pinned version, and complete with what they and its libraries need.</summary>
internal sealed class PackagesCheck : IWorkspaceCheck
{
    public string Title => "package versions";

    public IEnumerable<Finding> Run(NanoWorkspace workspace) =>
    [
        .. PinnedFaults(workspace).Select(fault => new Finding(workspace.Relative(workspace.PinnedPath), fault)),
        .. workspace.Projects.SelectMany(project => Faults(workspace, project).Select(fault =>
            new Finding(workspace.Relative(Path.Combine(project.Folder, NanoProjectReader.PackagesFile)), fault))),
    ];

    private static IEnumerable<string> PinnedFaults(NanoWorkspace workspace)
    {
        foreach (var pinned in workspace.Pinned.Values)
        {
            if (!Version.TryParse(pinned.Package.Version, out _))
            {
                yield return $"{pinned.Package.Id}: '{pinned.Package.Version}' is not a version.";
            }

            foreach (string missing in pinned.DependsOn.Where(id => !workspace.Pinned.ContainsKey(id)))
            {
                yield return $"{pinned.Package.Id} depends on {missing}, which is not pinned.";
            }

            if (!workspace.Projects.Any(project => project.Packages.Any(package => package.Id == pinned.Package.Id)))
            {
                yield return $"{pinned.Package.Id}: no project uses it.";
            }
        }
    }

    private static IEnumerable<string> Faults(NanoWorkspace workspace, NanoProject project)
    {
        foreach (var package in project.Packages)
        {
            if (!workspace.Pinned.TryGetValue(package.Id, out var pinned))
            {
                yield return $"{package.Id} is not pinned.";
            }
            else if (pinned.Package.Version != package.Version)
            {
                yield return $"{package.Id} is {package.Version}, pinned is {pinned.Package.Version}.";
            }
        }

        foreach (string missing in Needed(workspace, project).Except(project.Packages.Select(package => package.Id)))
        {
            yield return $"{missing} is missing: a package or library that this project uses depends on it.";
        }
    }

    private static IEnumerable<string> Needed(NanoWorkspace workspace, NanoProject project) =>
    [
        .. project.Packages.SelectMany(package => workspace.Pinned.TryGetValue(package.Id, out var pinned) ? pinned.DependsOn : []),
        .. workspace.Closure(project).SelectMany(library => library.Packages.Select(package => package.Id)),
    ];
}
