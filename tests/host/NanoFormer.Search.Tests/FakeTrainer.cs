using NanoFormer.Search.Jobs;
using NanoFormer.Search.Trials;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Search.Tests;

/// <summary>Scores that follow from the architecture: the wider and the deeper the better, up to an optimum.</summary>
internal sealed class FakeTrainer : ITrialTrainer
{
    private int _running;

    /// <summary>The jobs, in the order they were begun.</summary>
    public List<TrialJob> Jobs { get; } = [];

    /// <summary>The most jobs that ran at a time.</summary>
    public int MostAtATime { get; private set; }

    /// <summary>Called before each job's result.</summary>
    public Func<TrialJob, Task> Before { get; init; } = _ => Task.CompletedTask;

    public static double AccuracyOf(ArchitectureOptions architecture)
    {
        double distance = Distance(architecture.Width, 48) + Distance(architecture.Blocks.Count, 3)
            + architecture.Blocks.Average(block => Distance(block.Heads, 4) + Distance(block.FeedForward, 96))
            + Distance(architecture.Streams[0].Convolutions.Count, 2);
        return Math.Exp(-0.2 * distance);
    }

    public async Task<TrialResult> TrainAsync(TrialJob job, CancellationToken cancellation)
    {
        lock (Jobs)
        {
            Jobs.Add(job);
            MostAtATime = Math.Max(MostAtATime, ++_running);
        }

        try
        {
            await Before(job);
            double accuracy = AccuracyOf(job.Config.Architecture);
            return new TrialResult(new TrialScore(accuracy, accuracy, accuracy), [(byte)job.Trial]);
        }
        finally
        {
            lock (Jobs)
            {
                _running--;
            }
        }
    }

    private static double Distance(int value, int best) => Math.Abs(Math.Log2((double)value / best));
}
