namespace NanoFormer.Training.Quantizing;

/// <summary>A running range.</summary>
/// <param name="Range">The range.</param>
/// <param name="Batches">The batches it is the mean of.</param>
internal sealed record ObservedRange(ActivationRange Range, int Batches);
