namespace NanoFormer.Device.Projects.Checks;

/// <summary>Each project is set up as the nanoFramework extension does it, and leaves the language at the project system's C# 9.</summary>
internal sealed class SettingsCheck : IWorkspaceCheck
{
    private const string ProjectTypes = "{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";

    private static readonly string[] Imports =
    [
        "NFProjectSystem.Default.props", "NFProjectSystem.props", "NFProjectSystem.CSharp.targets",
    ];

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["ProjectTypeGuids"] = ProjectTypes,
        ["TargetFrameworkVersion"] = "v1.0",
    };

    public string Title => "project settings";

    public IEnumerable<Finding> Run(NanoWorkspace workspace) =>
        workspace.Projects.SelectMany(project => Faults(project).Select(fault => new Finding(workspace.Relative(project.Path), fault)));

    private static IEnumerable<string> Faults(NanoProject project)
    {
        foreach (var (name, value) in Expected)
        {
            if (project.Properties.GetValueOrDefault(name) != value)
            {
                yield return $"{name} must be {value}.";
            }
        }

        if (project.Properties.ContainsKey("LangVersion"))
        {
            yield return "LangVersion must be left to the project system: from C# 11 on, a type that the compiler embeds shifts the "
                + "native method table.";
        }

        if (project.Guid == Guid.Empty)
        {
            yield return "There is no ProjectGuid.";
        }

        if (project.Name != Path.GetFileNameWithoutExtension(project.Path))
        {
            yield return "AssemblyName must be the name of the project file.";
        }

        if (!project.Imports.Where(Imports.Contains).SequenceEqual(Imports))
        {
            yield return $"The imports of the project system must be {string.Join(", ", Imports)}.";
        }
    }
}
