using System.Globalization;

namespace NanoFormer.Search.Tests;

/// <summary>Programs that run, by what stands in their command lines.</summary>
internal static class RunningPrograms
{
    /// <summary>Numbers of those whose command line holds all texts, with a zero byte behind each argument; none where the system does not tell.</summary>
    public static int[] With(params string[] texts) => !Directory.Exists("/proc")
        ? []
        : [.. Directory.GetDirectories("/proc").Where(process => CommandLineOf(process) is var line && texts.All(text => line.Contains(text, StringComparison.Ordinal)))
            .Select(process => int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture))];

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended, or is none of ours
        }
    }
}
