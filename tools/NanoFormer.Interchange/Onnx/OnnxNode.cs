namespace NanoFormer.Interchange.Onnx;

/// <summary>A node of a graph.</summary>
/// <param name="Operator">Its type, such as <c>MatMul</c>.</param>
/// <param name="Name">For people; may be empty.</param>
/// <param name="Inputs">Names of tensors; an empty one is left out.</param>
/// <param name="Outputs">Names of tensors.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(
    string Operator, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>The node for an error: its type, and its name where it has one.</summary>
    public string Title => Name.Length == 0 ? $"{Operator} (makes '{Outputs[0]}')" : $"{Operator} '{Name}'";

    /// <summary>A whole number, or what stands in for it.</summary>
    public long Int(string name, long absent) => Find(name)?.Int ?? absent;

    /// <summary>A real number, or what stands in for it.</summary>
    public float Float(string name, float absent) => Find(name)?.Float ?? absent;

    /// <summary>Whole numbers; null when the attribute is not there.</summary>
    public long[]? Ints(string name) => Find(name)?.Ints is { } values ? [.. values] : null;

    /// <summary>The attribute of a name.</summary>
    public OnnxAttribute? Find(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);
}
