namespace NanoFormer.Device.Projects.Checks;

/// <summary>The solution holds each project once, under its own identity, and builds and deploys it in both configurations.</summary>
internal sealed class SolutionCheck : IWorkspaceCheck
{
    private static readonly Guid NanoProjectType = new("11A8DD76-328B-46DF-9F39-F559912D0360");
    private static readonly string[] Configurations = ["Debug|Any CPU", "Release|Any CPU"];
    private static readonly string[] Actions = ["ActiveCfg", "Build.0", "Deploy.0"];

    public string Title => "solution and project GUIDs";

    public IEnumerable<Finding> Run(NanoWorkspace workspace) => workspace.Solution is { } solution
        ? Faults(workspace, solution).Select(fault => new Finding(workspace.Relative(solution.Path), fault))
        : [];

    private static IEnumerable<string> Faults(NanoWorkspace workspace, NanoSolution solution) =>
    [
        .. solution.Entries.Where(entry => workspace.Find(entry.Path) is null).Select(entry => $"{entry.Name}: no such project."),
        .. solution.Entries.Where(entry => entry.Type != NanoProjectType).Select(entry => $"{entry.Name}: not of the nanoFramework type."),
        .. workspace.Projects.SelectMany(project => ProjectFaults(solution, project)),
        .. workspace.Projects.GroupBy(project => project.Guid).Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(project => project.Name))} have the same GUID."),
    ];

    private static IEnumerable<string> ProjectFaults(NanoSolution solution, NanoProject project)
    {
        var entries = solution.Entries.Where(entry => entry.Path == project.Path).ToArray();
        if (entries.Length != 1)
        {
            yield return $"{project.Name}: must be in the solution once, and is {entries.Length} times.";
            yield break;
        }

        if (entries[0].Name != project.Name)
        {
            yield return $"{project.Name}: is called {entries[0].Name}.";
        }

        if (entries[0].Guid != project.Guid)
        {
            yield return $"{project.Name}: has another GUID than the project file.";
        }

        foreach (string setting in Configurations.SelectMany(_ => Actions, (configuration, action) => $"{configuration}.{action}"))
        {
            if (!solution.Settings.Contains($"{{{entries[0].Guid}}}.{setting}"))
            {
                yield return $"{project.Name}: lacks {setting}.";
            }
        }
    }
}
