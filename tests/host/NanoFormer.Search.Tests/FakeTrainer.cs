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

    /// <summary>Whether it gives weights: its trial's number, which a real trainer could not start from.</summary>
    public bool HasWeights { get; init; } = true;

    /// <summary>The score of a job; by its architecture if not said otherwise.</summary>
    public Func<TrialJob, double> Score { get; init; } = job => AccuracyOf(job.Config.Architecture);

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
            double accuracy = Score(job);
            return new TrialResult(new TrialScore(accuracy, accuracy, accuracy), HasWeights ? [(byte)job.Trial] : null);
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
