using System.Diagnostics;

namespace NanoFormer.Cli.Tests.Commands;

public sealed class StandardOutputTests
{
    [Fact]
    public async Task A_command_stops_when_nobody_reads_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell with pipes.");
        string tool = Path.Combine(AppContext.BaseDirectory, "nanoformer.dll");
        var start = new ProcessStartInfo(
            "bash", ["-c", "set -o pipefail; dotnet \"$0\" demo --core reference | head -1", tool])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(await errors);
        Assert.Equal(141, process.ExitCode); // that of a program which a closed pipe ended
    }
}
