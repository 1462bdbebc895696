namespace NanoFormer.Interchange.Onnx;

/// <summary>A setting of a node: exactly one of the values is there.</summary>
internal sealed record OnnxAttribute(string Name)
{
    /// <summary>A whole number.</summary>
    public long? Int { get; init; }

    /// <summary>A real number.</summary>
    public float? Float { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>A tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>Whole numbers.</summary>
    public IReadOnlyList<long>? Ints { get; init; }

    /// <summary>Real numbers.</summary>
    public IReadOnlyList<float>? Floats { get; init; }
}
