namespace NanoFormer.Interchange.Onnx;

/// <summary>The part of an ONNX file that networks need.</summary>
internal sealed record OnnxModel
{
    /// <summary>Names the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the default operator set.</summary>
    public required long OperatorSet { get; init; }

    /// <summary>Nodes in the order they run.</summary>
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    /// <summary>Constants.</summary>
    public required IReadOnlyList<OnnxTensor> Initializers { get; init; }

    /// <summary>What the caller brings; old files list the constants here, too.</summary>
    public required IReadOnlyList<OnnxValueInfo> Inputs { get; init; }

    /// <summary>The results.</summary>
    public required IReadOnlyList<OnnxValueInfo> Outputs { get; init; }

    /// <summary>Text for those who read the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
