namespace NanoFormer.Device.Projects;

/// <summary>One thing that must be right about the projects.</summary>
public interface IWorkspaceCheck
{
    /// <summary>What is right when the check finds nothing.</summary>
    string Title { get; }

    /// <summary>What is wrong.</summary>
    IEnumerable<Finding> Run(NanoWorkspace workspace);
}
