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

    /// <summary>One sentence about what it may be used for, and what not; empty for none.</summary>
    public string Use { get; init; } = "";

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>How many networks answer together: of this seed and the next ones, after the last that of the first.</summary>
    public int Ensemble { get; init; } = 1;

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

    /// <summary>The same training with several seeds, in their order; the model is that of the median.</summary>
    public IReadOnlyList<SeedResult> Seeds { get; init; } = [];

    /// <summary>Trainings on data that is parted otherwise; empty without.</summary>
    public IReadOnlyList<OtherSplitClaim> OtherSplits { get; init; } = [];

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
