using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using NanoFormer.Search.Jobs;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Tests;

/// <summary>The command from end to end, with real trainings of made-up data.</summary>
public sealed class SearchCommandTests
{
    internal static readonly string[] Program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "nanoformer.dll")];

    [Fact]
    public async Task Two_trials_of_one_epoch_leave_a_best_configuration_a_plot_and_a_file_to_go_on_from()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");

        var first = await RunAsync(folder, output);
        var second = await RunAsync(folder, output);

        Assert.SkipWhen(
            first.Errors.Contains("NO_NATIVE_LIBRARY", StringComparison.Ordinal), "libtorch is not installed for this platform.");
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal(first.Output, second.Output); // nothing was left to train
        var trained = JsonDocument.Parse(first.Output).RootElement.EnumerateArray()
            .Where(row => row.GetProperty("over_budget").ValueKind == JsonValueKind.Null).ToArray();
        Assert.Equal(3, trained.Length); // the last one with teachers
        Assert.All(trained, row => Assert.InRange(row.GetProperty("accuracy").GetDouble(), 0, 1));
        Assert.All(trained, row => Assert.InRange(row.GetProperty("image_bytes").GetInt32(), 1, 32 * 1024));
        Assert.Single(trained, row => row.GetProperty("best").GetBoolean());
        Assert.Equal("tiny", TrainingConfig.Load(Path.Combine(output, SearchFiles.Best)).Name);
        Assert.Equal("svg", XDocument.Load(Path.Combine(output, SearchFiles.Plot)).Root!.Name.LocalName);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(output, SearchFiles.Running)));
    }

    [Fact]
    public async Task A_training_that_fails_is_named_as_the_program_names_it()
    {
        using var folder = new TemporaryFolder();
        var trainer = new ChildTrainer(Program, folder.PathOf("none.csv"), folder.PathOf("running"), seed: 1);

        var fault = await Assert.ThrowsAsync<TrialException>(() =>
            trainer.TrainAsync(new TrialJob(1, 0, Samples.Config, 1), TestContext.Current.CancellationToken));

        Assert.StartsWith("MISSING_FILE: ", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Starts a search for two trials of the made-up data, with more options.</summary>
    internal static Process Start(TemporaryFolder folder, string output, params string[] more) => Start(folder, output, trials: 2, more);

    internal static Process Start(TemporaryFolder folder, string output, int trials, params string[] more)
    {
        File.WriteAllText(folder.PathOf("motion.csv"), Samples.Csv());
        File.WriteAllText(folder.PathOf("given.json"), Samples.Config.ToJson());
        string[] arguments =
        [
            Program[1], "search", folder.PathOf("given.json"), "--dataset", folder.PathOf("motion.csv"), "--budget", "flash=32K",
            "--out", output, "--trials", $"{trials}", "--jobs", "2", "--json", .. more,
        ];
        return Start(arguments);
    }

    internal static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(Program[0], arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(TemporaryFolder folder, string output)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Start(folder, output, "--epochs", "1");
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        string text = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, text, await errors);
    }
}
