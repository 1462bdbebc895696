using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NanoFormer.Device.Projects.Checks;

/// <summary>Each project compiles against the reference surface, for each board and configuration, and keeps the device rules.</summary>
internal sealed class CompileCheck : IWorkspaceCheck
{
    private static readonly string[][] Configurations = [["DEBUG"], []];

    public string Title => "compiles, and keeps the device rules";

    public IEnumerable<Finding> Run(NanoWorkspace workspace) =>
        Configurations.SelectMany(symbols => Run(workspace, new WorkspaceCompiler(workspace, symbols))).Distinct();

    private static IEnumerable<Finding> Run(NanoWorkspace workspace, WorkspaceCompiler compiler) =>
        from project in workspace.Projects
        from variant in project.Variants
        from error in DeviceCompiler.Errors(compiler.Compile(project, variant))
        select new Finding(Place(workspace, project, error), $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}");

    private static string Place(NanoWorkspace workspace, NanoProject project, Diagnostic error) => error.Location.IsInSource
        ? $"{workspace.Relative(error.Location.SourceTree.FilePath)}:{error.Location.GetLineSpan().StartLinePosition.Line + 1}"
        : workspace.Relative(project.Path);
}
