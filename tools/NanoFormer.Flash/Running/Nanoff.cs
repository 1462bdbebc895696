using System.Diagnostics;
using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>The firmware flasher of nanoFramework, a .NET tool.</summary>
/// <param name="path">Its executable.</param>
public sealed class Nanoff(string path)
{
    /// <summary>The command.</summary>
    public const string Name = "nanoff";

    private const string Install = "dotnet tool install -g nanoff";

    /// <summary>Finds it on the PATH, or where <c>dotnet tool install -g</c> puts it.</summary>
    /// <exception cref="FlashException">It is not installed.</exception>
    public static Nanoff Find() => Find([
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"),
    ]);

    /// <summary>Finds it in one of some folders.</summary>
    /// <exception cref="FlashException">It is in none of them.</exception>
    public static Nanoff Find(IEnumerable<string> folders)
    {
        string file = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        string? found = folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        return found is not null
            ? new Nanoff(found)
            : throw new FlashException(FlashError.NanoffNotInstalled, $"{Name} is not installed. Install it with: {Install}");
    }

    /// <summary>Runs a step; its output goes where this process' does, or to <paramref name="output"/>.</summary>
    /// <exception cref="FlashException">It ended with an error.</exception>
    public void Run(FlashStep step, TextWriter? output)
    {
        var start = new ProcessStartInfo(path, step.Arguments) { RedirectStandardOutput = output is not null };
        using var process = Process.Start(start)!;
        if (output is not null)
        {
            Copy(process.StandardOutput, output);
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new FlashException(FlashError.NanoffFailed, string.Create(
                CultureInfo.InvariantCulture,
                $"writing the {step.Title} failed ({Name} ended with {process.ExitCode}; its last lines say why). "
                + $"Nothing after this step was written: {step.Command}"));
        }
    }

    private static void Copy(StreamReader from, TextWriter to)
    {
        while (from.ReadLine() is { } line)
        {
            to.WriteLine(line);
        }
    }
}
