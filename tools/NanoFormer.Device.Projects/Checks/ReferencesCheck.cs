using NanoFormer.Device.Reference;

namespace NanoFormer.Device.Projects.Checks;

/// <summary>
/// References and <c>packages.config</c> agree: each reference lies in a listed package, each package is referred to, and the core
/// library is the one that the language gate compiles against.
/// </summary>
internal sealed class ReferencesCheck : IWorkspaceCheck
{
    // The application that runs the tests on the device; nothing is compiled against it.
    private const string TestLauncher = "nanoFramework.UnitTestLauncher";

    public string Title => "references and packages agree";

    public IEnumerable<Finding> Run(NanoWorkspace workspace) =>
        workspace.Projects.SelectMany(project => Faults(project).Select(fault => new Finding(workspace.Relative(project.Path), fault)));

    private static IEnumerable<string> Faults(NanoProject project) =>
    [
        .. project.References.SelectMany(reference => Faults(project, reference)),
        .. project.Packages.Where(package => !project.References.Any(reference => IsIn(reference, package)))
            .Select(package => $"{package.Id} is in packages.config, and no reference points into it."),
    ];

    private static IEnumerable<string> Faults(NanoProject project, AssemblyReference reference)
    {
        var package = project.Packages.FirstOrDefault(package => IsIn(reference, package));
        if (package is null)
        {
            yield return $"{reference.Name}: no package of packages.config holds {reference.HintPath ?? "it"}.";
            yield break;
        }

        if (reference.Name == TestLauncher)
        {
            yield break;
        }

        if (reference.Version != Version.Parse(package.Version + ".0"))
        {
            yield return $"{reference.Name}: refers to version {reference.Version}, the package is {package.Version}.";
        }

        if (reference.Name == ReferenceSurface.CoreLibrary && reference.Version != ReferenceSurface.CoreLibraryVersion)
        {
            yield return $"{reference.Name}: refers to version {reference.Version}, the language gate compiles against "
                + $"{ReferenceSurface.CoreLibraryVersion}: set nanoFramework.CoreLibrary in Directory.Packages.props to the same version.";
        }

        if (ReferenceSurface.Find(reference.Name) is null)
        {
            yield return $"{reference.Name}: the reference surface does not have it, so its use cannot be checked.";
        }
    }

    private static bool IsIn(AssemblyReference reference, Package package) =>
        reference.HintPath?.StartsWith($@"..\packages\{package.FolderName}\lib\{reference.Name}.", StringComparison.Ordinal) == true;
}
