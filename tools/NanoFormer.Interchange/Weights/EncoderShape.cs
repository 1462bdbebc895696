using System.Text.Json;
using System.Text.Json.Nodes;

namespace NanoFormer.Interchange.Weights;

/// <summary>The section <c>architecture</c> of a training configuration: a network of convolutions and encoder blocks.</summary>
public sealed record EncoderShape
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The convolutions in front, each with BatchNorm and ReLU; the last one's channels are the width of a token.</summary>
    public required IReadOnlyList<EncoderConvolution> Convolutions { get; init; }

    /// <summary>Encoder blocks.</summary>
    public required int Blocks { get; init; }

    /// <summary>Attention heads in a block.</summary>
    public required int Heads { get; init; }

    /// <summary>Columns of a head's queries, keys and values.</summary>
    public required int HeadColumns { get; init; }

    /// <summary>Columns between the two linear layers of a block's feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>The section of a configuration, the JSON text of a whole <c>train.json</c>.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadDescription"/>.</exception>
    public static EncoderShape Parse(string config)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            JsonNode? section = JsonNode.Parse(config, documentOptions: options)?["architecture"];
            return section.Deserialize<EncoderShape>(Json) ?? throw new JsonException("the section is not there");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InterchangeException(InterchangeError.BadDescription, $"architecture: {fault.Message}", fault);
        }
    }

    /// <summary>The section as a JSON node.</summary>
    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, Json)!;
}
