namespace NanoFormer.Model;

/// <summary>What a model is fed with.</summary>
/// <param name="Channels">Columns of a window, 1..64.</param>
/// <param name="WindowSamples">Rows of a window, 1..8192.</param>
/// <param name="HopSamples">Samples between the starts of two windows, at most a window.</param>
/// <param name="RateMillihertz">Samples in 1000 seconds.</param>
public sealed record InputSpecification(IReadOnlyList<InputChannel> Channels, int WindowSamples, int HopSamples, int RateMillihertz);
