namespace NanoFormer.Interchange.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of every element.</param>
/// <param name="Dimensions">A size each; null where it is not fixed.</param>
internal sealed record OnnxValueInfo(string Name, OnnxDataType Type, IReadOnlyList<long?> Dimensions);
