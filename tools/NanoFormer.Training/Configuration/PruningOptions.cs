using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// Structured pruning after the float phase: the least important heads and feed-forward columns of all blocks leave in equal steps, each
/// followed by fine-tuning. What is left is a smaller network of the same kind.
/// </summary>
public sealed record PruningOptions
{
    /// <summary>Part of all heads that leave, 0..1; one head is kept in every block.</summary>
    [Range(0, 0.95)]
    public double Heads { get; init; }

    /// <summary>Part of all feed-forward columns that leave, 0..1; eight are kept in every block.</summary>
    [Range(0, 0.95)]
    public double FeedForward { get; init; }

    /// <summary>Steps in which they leave.</summary>
    [Range(1, 16)]
    public int Steps { get; init; } = 2;

    /// <summary>Epochs of fine-tuning after each step.</summary>
    [Range(1, 10_000)]
    public required int Epochs { get; init; }

    /// <summary>The highest learning rate of each fine-tuning.</summary>
    [Range(1e-8, 1)]
    public required double LearningRate { get; init; }
}
