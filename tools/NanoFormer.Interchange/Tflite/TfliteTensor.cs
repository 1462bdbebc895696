namespace NanoFormer.Interchange.Tflite;

/// <summary>A tensor of a file.</summary>
/// <param name="Name">For people and tools.</param>
/// <param name="Shape">Row-major; images are <c>[batch, height, width, channels]</c>.</param>
/// <param name="Type">The type of every element.</param>
/// <param name="Quantization">Null for plain integers.</param>
/// <param name="Data">The little-endian values of a constant; empty for a tensor that an operator writes or the caller brings.</param>
internal sealed record TfliteTensor(
    string Name, IReadOnlyList<int> Shape, TfliteType Type, TfliteQuantization? Quantization, ReadOnlyMemory<byte> Data);
