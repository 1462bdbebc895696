namespace NanoFormer.Interchange.Weights;

/// <summary>An encoder that the trainer has, too.</summary>
/// <param name="Shape">The section <c>architecture</c> of a configuration.</param>
/// <param name="Ranges">The field <c>input.ranges</c>: for each channel the value that becomes 1.</param>
/// <param name="Tensors">The weights by the trainer's names.</param>
public sealed record EncoderFile(EncoderShape Shape, IReadOnlyList<double> Ranges, IReadOnlyDictionary<string, WeightTensor> Tensors);
