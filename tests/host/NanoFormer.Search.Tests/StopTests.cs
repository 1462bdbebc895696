using System.Diagnostics;
using NanoFormer.Training.SideBySide;

namespace NanoFormer.Search.Tests;

/// <summary>Commands that are stopped by a signal while they train: with far more epochs than can be done meanwhile.</summary>
public sealed class StopTests
{
    private const int Interrupted = 130;
    private const string Epochs = "1000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SIGTERM_stops_a_search_and_its_trainings_which_leave_their_checkpoints()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");

        using var search = SearchCommandTests.Start(folder, output, "--epochs", Epochs);
        string errors = await TerminateAsync(search, () => Checkpoints(output).Length == 2);

        Assert.Equal(Interrupted, search.ExitCode);
        Assert.Contains("the same command goes on from", errors, StringComparison.Ordinal);
        Assert.Equal(2, Checkpoints(Path.Combine(output, SearchFiles.Running)).Length);
        Assert.Empty(RunningPrograms.With(folder.Name));
    }

    [Fact]
    public async Task The_trainings_of_a_search_that_is_killed_end_with_it()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");

        using var search = SearchCommandTests.Start(folder, output, "--epochs", Epochs);
        await TerminateAsync(search, () => Checkpoints(output).Length == 2, program => program.Kill());

        while (RunningPrograms.With(folder.Name).Length > 0)
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.Equal(2, Checkpoints(Path.Combine(output, SearchFiles.Running)).Length);
    }

    [Fact]
    public async Task SIGTERM_stops_a_training_which_leaves_its_checkpoint()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");
        await File.WriteAllTextAsync(folder.PathOf("motion.csv"), Samples.Csv(), Cancellation);
        await File.WriteAllTextAsync(folder.PathOf("given.json"), Samples.Config.ToJson(), Cancellation);

        using var training = SearchCommandTests.Start(
        [
            SearchCommandTests.Program[1], "train", folder.PathOf("given.json"), "--dataset", folder.PathOf("motion.csv"),
            "--out", output, "--epochs", Epochs,
        ]);
        string errors = await TerminateAsync(training, () => Checkpoints(output).Length == 1);

        Assert.Equal(Interrupted, training.ExitCode);
        Assert.Contains("with --resume goes on from", errors, StringComparison.Ordinal);
        Assert.Single(Checkpoints(output));
    }

    /// <summary>Asks a program to stop as soon as it has come so far; gives what it wrote to standard error.</summary>
    private static async Task<string> TerminateAsync(Process program, Func<bool> isReady, Action<Process>? end = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        var errors = program.StandardError.ReadToEndAsync(Cancellation);
        while (!program.HasExited && !isReady())
        {
            await Task.Delay(20, Cancellation);
        }

        (end ?? Termination.Ask)(program);
        await program.WaitForExitAsync(Cancellation);
        Assert.SkipWhen(
            (await errors).Contains("NO_NATIVE_LIBRARY", StringComparison.Ordinal), "libtorch is not installed for this platform.");
        return await errors;
    }

    private static string[] Checkpoints(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "float.json", SearchOption.AllDirectories) : [];
}
