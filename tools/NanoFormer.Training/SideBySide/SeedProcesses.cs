using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.SideBySide;

/// <summary>
/// Trains seeds and other splits side by side, each in a process that leaves its checkpoint. Whoever asked takes the checkpoints up as if
/// it had trained itself: a seed that failed fails again there, with its reason, and one whose process was killed goes on.
/// </summary>
public static class SeedProcesses
{
    private static readonly JsonSerializerOptions Lines = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The line in which a training of one seed reports a step.</summary>
    public static string LineOf(TrainingProgress step) => JsonSerializer.Serialize(step, Lines);

    /// <summary>Trains them.</summary>
    /// <param name="program">The program with the command <c>train</c>, and the arguments before that.</param>
    /// <param name="request">What is trained.</param>
    /// <param name="trainings">The seeds, each with the number of the other split to train by, or null for the configuration's own.</param>
    /// <param name="progress">Told every step, with its seed.</param>
    /// <param name="cancellation">Stops them; their checkpoints stay.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Train(
        IReadOnlyList<string> program, TrainingRequest request, IReadOnlyList<(int Seed, int? OtherSplit)> trainings, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = cancellation };
        Parallel.ForEachAsync(trainings, options, async (training, stop) =>
        {
            using var process = TrainingProcess.Start(program, Arguments(request, training.Seed, training.OtherSplit));
            var errors = process.Errors.ReadToEndAsync(CancellationToken.None);
            var steps = RelayAsync(process.Output, training.Seed, progress);
            await process.WaitAsync(stop);
            await Task.WhenAll(errors, steps);
        }).GetAwaiter().GetResult();
    }

    /// <summary>Reports the steps that a process writes, one a line.</summary>
    internal static async Task RelayAsync(TextReader output, int seed, IProgress<TrainingProgress>? progress)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.EndsWith('}')) // the last one of a process that was killed may be torn
            {
                progress?.Report(JsonSerializer.Deserialize<TrainingProgress>(line, Lines)! with { Seed = seed });
            }
        }
    }

    private static IEnumerable<string> Arguments(TrainingRequest request, int seed, int? otherSplit) =>
    [
        request.ConfigPath, "--dataset", request.Dataset, "--out", request.OutputFolder,
        "--seed", seed.ToString(CultureInfo.InvariantCulture), "--resume", "--leave-checkpoint",
        .. otherSplit is { } split ? ["--other-split", split.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. request.Epochs is { } epochs ? ["--epochs", epochs.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. request.Overrides.SelectMany(setting => new[] { "--set", setting }),
        .. request.Weights is { } weights ? ["--weights", weights] : Array.Empty<string>(),
        .. request.WarmStart is { } start ? ["--warm-start", start] : Array.Empty<string>(),
        .. request.Validate ? ["--validate"] : Array.Empty<string>(),
    ];
}
