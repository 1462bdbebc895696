namespace NanoFormer.Training.Phases;

/// <summary>What a training is doing.</summary>
public enum TrainingPhase
{
    /// <summary>Training the teacher in float.</summary>
    Teacher,

    /// <summary>Training in float.</summary>
    Float,

    /// <summary>Training the score's own network in float.</summary>
    Score,

    /// <summary>Fine-tuning after heads and columns were taken away.</summary>
    Pruning,

    /// <summary>Fine-tuning with fake quantization.</summary>
    Quantization,

    /// <summary>Judging the integer model on the test windows.</summary>
    Evaluation,
}

/// <summary>A step of a training that is done.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Done">Steps (epochs, or windows judged) done in it.</param>
/// <param name="Total">Steps in it altogether.</param>
/// <param name="Loss">Mean training loss of the epoch; NaN while judging.</param>
/// <param name="Accuracy">Accuracy so far: on the epoch's training windows, or on the windows judged; 0..1.</param>
public sealed record TrainingProgress(TrainingPhase Phase, int Done, int Total, double Loss, double Accuracy)
{
    /// <summary>The other split that is trained on; null for the model itself.</summary>
    public string? Split { get; init; }

    /// <summary>The seed, where several train side by side; null for one alone.</summary>
    public int? Seed { get; init; }
}
