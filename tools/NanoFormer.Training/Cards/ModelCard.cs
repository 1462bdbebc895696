using System.Text.Encodings.Web;
using System.Text.Json;

namespace NanoFormer.Training.Cards;

/// <summary>What there is to know about a trained model: the content of <c>model-card.json</c>.</summary>
public sealed record ModelCard
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Model id in the image.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about what the model is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>Whom the data is owed to, and on what terms.</summary>
    public required string DataCredit { get; init; }

    /// <summary>How the data was split.</summary>
    public required string Split { get; init; }

    /// <summary>Class names, in the order of the outputs and of the confusion matrices.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Samples per second.</summary>
    public required double RateHz { get; init; }

    /// <summary>Samples in a window.</summary>
    public required int WindowSamples { get; init; }

    /// <summary>Columns of the window: name and unit.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Weights, biases and positions.</summary>
    public required int Parameters { get; init; }

    /// <summary>Bytes of the image.</summary>
    public required int ImageBytes { get; init; }

    /// <summary>CRC-32 of the image, as its header states it, in hexadecimal.</summary>
    public required string ImageCrc32 { get; init; }

    /// <summary>Bytes of the arena a run needs.</summary>
    public required int ArenaBytes { get; init; }

    /// <summary>The network before structured pruning and after each of its steps; empty without.</summary>
    public IReadOnlyList<PruningStep> Pruning { get; init; } = [];

    /// <summary>The same training with several seeds, that of this model first.</summary>
    public IReadOnlyList<SeedResult> Seeds { get; init; } = [];

    /// <summary>What an inference costs on the boards people have; empty when no core could be emulated.</summary>
    public IReadOnlyList<CardCost> Costs { get; init; } = [];

    /// <summary>Results on the test windows.</summary>
    public required CardResult Test { get; init; }

    /// <summary>Results on the test subjects' raw recordings; null without such.</summary>
    public CardResult? RawTest { get; init; }

    /// <summary>Reads a card.</summary>
    /// <exception cref="JsonException">The text is not a card.</exception>
    public static ModelCard Parse(string json) =>
        JsonSerializer.Deserialize<ModelCard>(json, Json) ?? throw new JsonException("the card is null");

    /// <summary>The card as JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>Results of a training with one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="FloatAccuracy">Accuracy of the float twin on the test windows, 0..1; null for a model without classes.</param>
/// <param name="Int8Accuracy">Accuracy of the integer model on the test windows, 0..1; null for a model without classes.</param>
public sealed record SeedResult(int Seed, double? FloatAccuracy, double? Int8Accuracy)
{
    /// <summary>How the integer model's score tells anomalies; null without a score, or where the labels do not tell them.</summary>
    public DetectionClaim? Detection { get; init; }

    /// <summary>The area under the curve for injected faults of all kinds; null for a model that was not trained with any.</summary>
    public double? FaultAuc { get; init; }
}
