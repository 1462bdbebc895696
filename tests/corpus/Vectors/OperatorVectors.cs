using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NanoFormer.Corpus;

/// <summary>The operator cases computed by CMSIS-NN (tests/data/README.md).</summary>
public sealed class OperatorVectors
{
    private const string ResourceName = "int8-operators.jsonl.gz";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private OperatorVectors(ILookup<string, JsonNode> cases)
    {
        Linear = Parse<LinearVector>(cases["linear"]);
        Conv1d = Parse<Conv1dVector>(cases["conv1d"]);
        MatrixMultiply = Parse<MatrixMultiplyVector>(cases["batch_matmul"]);
        Softmax = Parse<SoftmaxVector>(cases["softmax"]);
        Add = Parse<AddVector>(cases["add"]);
        DepthwiseConv1d = Parse<DepthwiseConv1dVector>(cases["depthwise_conv1d"]);
    }

    /// <summary>Fully connected layers.</summary>
    public IReadOnlyList<LinearVector> Linear { get; }

    /// <summary>Convolutions over time.</summary>
    public IReadOnlyList<Conv1dVector> Conv1d { get; }

    /// <summary>Batched matrix products.</summary>
    public IReadOnlyList<MatrixMultiplyVector> MatrixMultiply { get; }

    /// <summary>Softmaxes.</summary>
    public IReadOnlyList<SoftmaxVector> Softmax { get; }

    /// <summary>Element-wise sums.</summary>
    public IReadOnlyList<AddVector> Add { get; }

    /// <summary>Convolutions over time of every channel by itself.</summary>
    public IReadOnlyList<DepthwiseConv1dVector> DepthwiseConv1d { get; }

    /// <summary>Reads all cases.</summary>
    public static OperatorVectors Read()
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing.");
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var cases = reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!);
        return new OperatorVectors(cases.ToLookup(node => node["op"]!.GetValue<string>()));
    }

    private static IReadOnlyList<T> Parse<T>(IEnumerable<JsonNode> cases) => [.. cases.Select(node => node.Deserialize<T>(Options)!)];
}
