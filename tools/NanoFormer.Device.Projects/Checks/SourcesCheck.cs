namespace NanoFormer.Device.Projects.Checks;

/// <summary>Every source file with device code is compiled, that of a library by no other project.</summary>
internal sealed class SourcesCheck : IWorkspaceCheck
{
    public string Title => "no source is missing";

    public IEnumerable<Finding> Run(NanoWorkspace workspace)
    {
        var compiled = workspace.Projects.SelectMany(project => project.Sources, (project, path) => (project, path))
            .ToLookup(item => item.path, item => item.project);
        foreach (string path in DeviceSources.Folders.SelectMany(folder => DeviceSources.Below(Path.Combine(workspace.Root, folder))))
        {
            NanoProject[] projects = [.. compiled[path]];
            if (projects.Length == 0)
            {
                yield return new Finding(workspace.Relative(path), "No project compiles this file.");
            }

            if (projects.Length > 1 && !projects.All(project => project.IsApplication))
            {
                string names = string.Join(" and ", projects.Select(project => project.Name));
                yield return new Finding(workspace.Relative(path), $"Compiled by {names}.");
            }
        }
    }
}
