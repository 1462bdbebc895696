namespace NanoFormer.Device.Projects.Checks;

/// <summary>Every file is well-formed, and there is one solution and a project in it.</summary>
internal sealed class ReadableCheck : IWorkspaceCheck
{
    public string Title => "files are well-formed";

    public IEnumerable<Finding> Run(NanoWorkspace workspace)
    {
        foreach (var finding in workspace.Unreadable)
        {
            yield return finding;
        }

        if (workspace.Solution is null)
        {
            yield return new Finding(workspace.Relative(workspace.Folder), "There must be exactly one solution.");
        }

        if (workspace.Projects.Count == 0)
        {
            yield return new Finding(workspace.Relative(workspace.Folder), "There is no project.");
        }
    }
}
