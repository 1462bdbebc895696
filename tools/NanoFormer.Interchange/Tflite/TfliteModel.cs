namespace NanoFormer.Interchange.Tflite;

/// <summary>A flatbuffer of one subgraph before it is written.</summary>
/// <param name="Name">Of the model.</param>
/// <param name="Tensors">All tensors; operators name them by index.</param>
/// <param name="Operators">In the order they run.</param>
/// <param name="Inputs">Tensors that the caller brings.</param>
/// <param name="Output">The result.</param>
/// <param name="Metadata">Text for those who read the file, by name.</param>
internal sealed record TfliteModel(
    string Name,
    IReadOnlyList<TfliteTensor> Tensors,
    IReadOnlyList<TfliteOperator> Operators,
    IReadOnlyList<int> Inputs,
    int Output,
    IReadOnlyDictionary<string, string> Metadata);
