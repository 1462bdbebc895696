using System.Globalization;
using System.Text.Json;
using NanoFormer.Search.Trials;
using NanoFormer.Training;
using NanoFormer.Training.Cards;
using NanoFormer.Training.SideBySide;

namespace NanoFormer.Search.Jobs;

/// <summary>
/// Trains each candidate in a process of its own, <c>train --validate --json</c>. One that is stopped leaves its checkpoint and is taken up
/// from there.
/// </summary>
/// <param name="program">The program with the command <c>train</c>, and the arguments before that.</param>
/// <param name="dataset">The data set.</param>
/// <param name="folder">Folder for the files of trainings under way.</param>
/// <param name="seed">Seed of every training.</param>
public sealed class ChildTrainer(IReadOnlyList<string> program, string dataset, string folder, int seed) : ITrialTrainer
{
    private const string ErrorMark = "error: ";

    /// <inheritdoc/>
    public async Task<TrialResult> TrainAsync(TrialJob job, CancellationToken cancellation)
    {
        string place = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{job.Trial}-{job.Round}"));
        Directory.CreateDirectory(place);
        string config = Path.Combine(place, "train.json");
        await File.WriteAllTextAsync(config, job.Config.ToJson(), cancellation);
        string? start = job.Start is null ? null : Path.Combine(place, "start.safetensors");
        if (start is not null)
        {
            await File.WriteAllBytesAsync(start, job.Start!, cancellation);
        }

        string model = Path.Combine(place, "model");
        using var process = Start(config, model, job.Epochs, start);
        var output = process.Output.ReadToEndAsync(CancellationToken.None);
        var errors = process.Errors.ReadToEndAsync(CancellationToken.None);
        await WaitAsync(process, place, cancellation);
        if (process.ExitCode == TrainingProcess.Stopped)
        {
            throw new OperationCanceledException("The training was stopped.", cancellation);
        }

        var score = process.ExitCode == 0 ? Read(await output) : throw Failure(await errors, process.ExitCode);
        byte[] weights = await File.ReadAllBytesAsync(Path.Combine(model, TrainingRun.WeightsFile), cancellation);
        Directory.Delete(place, recursive: true);
        return new TrialResult(score, weights);
    }

    private TrainingProcess Start(string config, string output, int epochs, string? warmStart) => TrainingProcess.Start(program,
    [
        config, "--dataset", dataset, "--out", output, "--validate", "--resume", "--json",
        "--epochs", epochs.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture),
        .. warmStart is null ? Array.Empty<string>() : ["--warm-start", warmStart],
    ]);

    /// <summary>Waits for the end; removes the files of one that had to be killed, as they may be half written.</summary>
    private static async Task WaitAsync(TrainingProcess process, string place, CancellationToken cancellation)
    {
        try
        {
            await process.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (process.WasKilled)
        {
            Directory.Delete(place, recursive: true);
            throw;
        }
    }

    private static TrialScore Read(string card)
    {
        try
        {
            return ModelCard.Parse(card).Test is { Int8Accuracy: { } accuracy, Int8MacroF1: { } f1, FloatAccuracy: { } inFloat }
                ? new TrialScore(accuracy, f1, inFloat)
                : throw new TrialException("NO_ACCURACY: The card states no accuracy.");
        }
        catch (JsonException fault)
        {
            throw new TrialException($"BAD_CARD: {fault.Message}");
        }
    }

    /// <summary>The line with which the program explains itself; for a crash its last words.</summary>
    private static TrialException Failure(string errors, int exitCode)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? named = lines.LastOrDefault(line => line.StartsWith(ErrorMark, StringComparison.Ordinal));
        return new TrialException(named is not null
            ? named[ErrorMark.Length..]
            : string.Create(CultureInfo.InvariantCulture, $"CRASHED: exit code {exitCode}: {lines.LastOrDefault() ?? "no message"}"));
    }
}
