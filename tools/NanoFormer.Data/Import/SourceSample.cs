namespace NanoFormer.Data.Import;

/// <summary>One sample as a source states it, before anything is repaired.</summary>
/// <param name="Number">Its place in the source, from 1: a line, or a sample.</param>
/// <param name="Seconds">Its time stamp; 0 when the source has none.</param>
/// <param name="Values">Physical values, one a channel; NaN where there is none.</param>
/// <param name="Label">Class name; empty when nobody labelled it.</param>
/// <param name="FollowsLoss">Samples before it are missing, so it cannot be one period after its predecessor.</param>
public readonly record struct SourceSample(int Number, double Seconds, double[] Values, string Label, bool FollowsLoss = false);
