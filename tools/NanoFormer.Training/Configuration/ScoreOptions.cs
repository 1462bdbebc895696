using System.Text.Json.Serialization;
using NanoFormer.Model;

namespace NanoFormer.Training.Configuration;

/// <summary>
/// An anomaly score: how far the signal is from what the tokens make of it. Tokens stand for patches of the first stream's samples, so
/// its convolutions must make one token of every <c>PatchSamples</c> samples.
/// </summary>
public sealed record ScoreOptions
{
    /// <summary>What is held against the signal.</summary>
    public required ScoreKind Kind { get; init; }

    /// <summary>Samples of the stream that a token stands for.</summary>
    public required int PatchSamples { get; init; }

    /// <summary>Mean absolute or mean squared difference.</summary>
    public ErrorNorm Norm { get; init; } = ErrorNorm.Absolute;

    /// <summary>Weight of the score's loss beside that of the classes.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The alarm's threshold: the score that so many percent of the training windows stay below.</summary>
    public double AlarmPercentile { get; init; } = 99.5;

    /// <summary>Tokens by which what is told is ahead.</summary>
    [JsonIgnore]
    public int Lag => Kind == ScoreKind.Forecast ? 1 : 0;
}
