namespace NanoFormer.Training.Configuration;

/// <summary>How to cut recordings into windows, and whom to judge on.</summary>
public record RecordingDataOptions
{
    /// <summary>Samples in a window.</summary>
    public required int WindowSamples { get; init; }

    /// <summary>The subjects judged on; the others are learnt from.</summary>
    public required IReadOnlyList<string> TestSubjects { get; init; }
}
