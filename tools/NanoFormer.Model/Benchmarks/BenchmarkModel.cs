namespace NanoFormer.Model;

/// <summary>A model whose cost is compared from version to version and from core to core.</summary>
/// <param name="Name">Such as <c>har-t</c>.</param>
/// <param name="Graph">The model, with test vectors.</param>
/// <param name="Options">How its arena is planned.</param>
public sealed record BenchmarkModel(string Name, Graph Graph, PlanOptions Options)
{
    /// <summary>The image; the same bytes every time.</summary>
    public byte[] CreateImage() => ImageWriter.Write(Graph, Options);
}
