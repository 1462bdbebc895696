namespace NanoFormer.Device.Projects.Checks;

/// <summary>Every file and project that a project names exists, and is named once.</summary>
internal sealed class FilesCheck : IWorkspaceCheck
{
    public string Title => "linked files exist";

    public IEnumerable<Finding> Run(NanoWorkspace workspace) =>
        workspace.Projects.SelectMany(project => Faults(workspace, project)
            .Select(fault => new Finding(workspace.Relative(project.Path), fault)));

    private static IEnumerable<string> Faults(NanoWorkspace workspace, NanoProject project) =>
    [
        .. project.Sources.Concat(project.ProjectReferences).Where(path => !File.Exists(path))
            .Select(path => $"{workspace.Relative(path)} does not exist."),
        .. project.Variants.SelectMany(variant => variant.Sources.GroupBy(path => path)).Where(group => group.Count() > 1)
            .Select(group => $"{workspace.Relative(group.Key)} is compiled twice.").Distinct(),
    ];
}
