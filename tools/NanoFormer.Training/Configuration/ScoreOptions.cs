using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// An anomaly score: how far the signal is from what the tokens make of it. Tokens stand for patches of the first stream's samples, so
/// its convolutions must make one token of every <c>PatchSamples</c> samples.
/// </summary>
public sealed record ScoreOptions
{
    /// <summary>What is compared with the signal.</summary>
    public required ScoreKind Kind { get; init; }

    /// <summary>Samples of the stream that a token stands for.</summary>
    [Range(1, 64)]
    public required int PatchSamples { get; init; }

    /// <summary>Mean absolute or mean squared difference.</summary>
    public DistanceNorm Norm { get; init; } = DistanceNorm.Absolute;

    /// <summary>Weight of the score's loss beside that of the classes.</summary>
    [Range(1e-6, 1e6)]
    public double Weight { get; init; } = 1;

    /// <summary>
    /// The score's gain: this percentage of the training windows lies below <see cref="GainLevel"/>. 100 leaves room above the
    /// highest; a lower one shows small scores finer, and the largest all alike.
    /// </summary>
    [Range(1.0, 100)]
    public double GainPercentile { get; init; } = 100;

    /// <summary>Where the scores of that percentile lie, as a part of the output's range.</summary>
    [Range(1.0 / 256, 1)]
    public double GainLevel { get; init; } = 0.25;

    /// <summary>
    /// The alarm's threshold: the score that this percentage stays below of the healthy windows of <see cref="DataOptions.AlarmSubjects"/>, or,
    /// without such, of the training windows.
    /// </summary>
    [Range(50.0, 100)]
    public double AlarmPercentile { get; init; } = 99.5;

    /// <summary>What that score is multiplied by (its square, where the norm is squared).</summary>
    [Range(0.1, 100)]
    public double AlarmFactor { get; init; } = 1;

    /// <summary>
    /// A network of the score's own, which makes its tokens: without classes and of one stream. Null to take the tokens of the classes.
    /// </summary>
    public ArchitectureOptions? Encoder { get; init; }

    /// <summary>Tokens by which the reconstruction is ahead.</summary>
    [JsonIgnore]
    public int Lag => Kind == ScoreKind.Forecast ? 1 : 0;
}

/// <summary>What a token is to tell of the signal.</summary>
public enum ScoreKind
{
    /// <summary>The samples it was made of.</summary>
    Reconstruction,

    /// <summary>The samples of the next token; needs causal attention.</summary>
    Forecast,
}

/// <summary>How a score's own network (<c>architecture.score.encoder</c>) is trained: apart from that of the classes.</summary>
public sealed record ScoreTrainingOptions
{
    /// <summary>Its training in float; with fake quantization it is trained like the classes' network.</summary>
    public required FloatTrainingOptions Training { get; init; }

    /// <summary>Random changes to its training windows.</summary>
    public required AugmentationOptions Augmentation { get; init; }
}
