using System.Diagnostics;
using System.Text.Json;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>A finished call of the command-line tool, in a process of its own as users start it.</summary>
/// <param name="ExitCode">0 when the command succeeded.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record CommandLine(int ExitCode, string Output, string Errors)
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "nanoformer.dll");

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    /// <summary>The lines of standard output, without line ends.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs the tool in the repository's root and waits for it.</summary>
    public static CommandLine Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Tool, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandLine(process.ExitCode, output, errors.Result);
    }

    /// <summary>Runs the tool and requires success.</summary>
    public static CommandLine Succeed(params IEnumerable<string> arguments)
    {
        var run = Run(arguments);
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Errors}");
        return run;
    }

    /// <summary>Requires that the command was refused by name, in one line, and wrote no results.</summary>
    public void AssertRefused(string name)
    {
        Assert.Equal(1, ExitCode);
        string line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"error: {name}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain($"{name}: {name}", line, StringComparison.Ordinal);
        Assert.Empty(Output.Trim());
    }
}
