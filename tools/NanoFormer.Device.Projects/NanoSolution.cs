using System.Text.RegularExpressions;

namespace NanoFormer.Device.Projects;

/// <summary>A Visual Studio solution of nanoFramework projects.</summary>
/// <param name="Path">The <c>.sln</c> file.</param>
/// <param name="Entries">Its projects.</param>
/// <param name="Settings">Lines such as <c>{GUID}.Debug|Any CPU.Build.0</c>.</param>
public sealed partial record NanoSolution(string Path, IReadOnlyList<SolutionEntry> Entries, IReadOnlySet<string> Settings)
{
    internal static NanoSolution Read(string path)
    {
        string text = File.ReadAllText(path);
        string folder = System.IO.Path.GetDirectoryName(path)!;
        return new NanoSolution(
            path,
            [.. Projects().Matches(text).Select(match => new SolutionEntry(
                Guid.Parse(match.Groups["type"].Value),
                match.Groups["name"].Value,
                System.IO.Path.GetFullPath(match.Groups["path"].Value.Replace('\\', '/'), folder),
                Guid.Parse(match.Groups["guid"].Value)))],
            SettingLines().Matches(text).Select(match => match.Groups["key"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    [GeneratedRegex("""Project\("\{(?<type>[^}]+)\}"\) = "(?<name>[^"]+)", "(?<path>[^"]+)", "\{(?<guid>[^}]+)\}"\s""")]
    private static partial Regex Projects();

    [GeneratedRegex(@"^\s*(?<key>\{[^}]+\}\.\S.*?) = ", RegexOptions.Multiline)]
    private static partial Regex SettingLines();
}

/// <summary>A project in a solution.</summary>
/// <param name="Type">Kind of project.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Path">Full path of the project file.</param>
/// <param name="Guid">Identity of the project.</param>
public sealed record SolutionEntry(Guid Type, string Name, string Path, Guid Guid);
