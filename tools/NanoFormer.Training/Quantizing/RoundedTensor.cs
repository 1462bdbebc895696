namespace NanoFormer.Training.Quantizing;

/// <summary>A batch of activations as the device holds them, with a gradient.</summary>
/// <param name="Values">The real values, <c>[B, rows, columns]</c> (one row: <c>[B, columns]</c>); multiples of the scale.</param>
/// <param name="Steps">The same in int8, row-major.</param>
/// <param name="Shape">The tensor of the graph, with scale and zero point.</param>
internal sealed record RoundedTensor(Tensor Values, sbyte[] Steps, ActivationTensor Shape);
