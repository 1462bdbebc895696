namespace NanoFormer.Interchange.Tflite;

/// <summary>A builtin operator of a file.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Inputs">Indices of tensors.</param>
/// <param name="Output">The index of the tensor it writes.</param>
/// <param name="Options">What it is told.</param>
internal sealed record TfliteOperator(TfliteKind Kind, IReadOnlyList<int> Inputs, int Output, TfliteOptions Options);
