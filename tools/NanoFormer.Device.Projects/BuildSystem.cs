using System.Diagnostics;

namespace NanoFormer.Device.Projects;

/// <summary>The nanoFramework build system as it is installed on a machine.</summary>
/// <param name="MsBuild">MSBuild of Visual Studio or Mono.</param>
/// <param name="NuGet">The package manager's command line.</param>
/// <param name="ProjectSystem">Folder of NFProjectSystem.props, with a slash at its end.</param>
public sealed record BuildSystem(string MsBuild, string NuGet, string ProjectSystem)
{
    /// <summary>Environment variable with the folder of the project system, where it is in none of the usual places.</summary>
    public const string PathVariable = "NANOFRAMEWORK_PROJECT_SYSTEM";

    private const string Marker = "NFProjectSystem.props";
    private static readonly string Below = Path.Combine("nanoFramework", "v1.0");

    /// <summary>Looks for all three parts.</summary>
    /// <param name="missing">The parts that are not there.</param>
    /// <returns>The build system; null when a part is missing.</returns>
    public static BuildSystem? Find(out IReadOnlyList<string> missing)
    {
        string? msbuild = FindCommand("msbuild");
        string? nuget = FindCommand("nuget");
        string? system = Candidates(msbuild).FirstOrDefault(folder => File.Exists(Path.Combine(folder, Marker)));
        missing =
        [
            .. msbuild is null ? ["msbuild"] : Array.Empty<string>(),
            .. nuget is null ? ["nuget"] : Array.Empty<string>(),
            .. system is null ? [$"nanoFramework project system ({PathVariable})"] : Array.Empty<string>(),
        ];
        return missing.Count == 0 ? new BuildSystem(msbuild!, nuget!, Path.Join(Path.GetFullPath(system!), "/")) : null;
    }

    /// <summary>Restores the packages of a solution and builds it in Release.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="output">What the tools say.</param>
    /// <returns>Exit code of the step that failed, or 0.</returns>
    public int Build(string solution, TextWriter output)
    {
        int restored = Run(output, NuGet, "restore", solution);
        return restored != 0 ? restored : Run(
            output,
            MsBuild,
            solution,
            "-p:Configuration=Release",
            "-p:Platform=Any CPU",
            $"-p:NanoFrameworkProjectSystemPath={ProjectSystem}",
            "-verbosity:minimal");
    }

    // The variable, the extension of Visual Studio Code (newest first), and that of Visual Studio, beside its MSBuild.
    private static IEnumerable<string> Candidates(string? msbuild)
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } configured)
        {
            yield return configured;
        }

        string extensions = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".vscode", "extensions");
        if (Directory.Exists(extensions))
        {
            foreach (string folder in Directory.GetDirectories(extensions, "nanoframework.vscode-nanoframework-*").OrderDescending())
            {
                yield return Path.Combine(folder, "dist", "utils", Below);
            }
        }

        for (string? folder = Path.GetDirectoryName(msbuild); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return Path.Combine(folder, Below);
        }
    }

    private static string? FindCommand(string name)
    {
        string[] files = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => files, Path.Combine)
            .FirstOrDefault(File.Exists);
    }

    private static int Run(TextWriter output, string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.WriteLine(line);
        }

        process.WaitForExit();
        return process.ExitCode;
    }
}
