using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Training.Configuration;

/// <summary>Everything about a model that is decided before training: what a <c>train.json</c> holds.</summary>
public sealed record TrainingConfig
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Where editors find the schema of this file.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Model id in the image: 1 to 31 printable ASCII characters without spaces.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about what the model is for, for its card.</summary>
    public required string Purpose { get; init; }

    /// <summary>One sentence about what the model may be used for, and what not, for its card and the report; empty for none.</summary>
    public string Use { get; init; } = "";

    /// <summary>What it learns from.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>How raw samples become the network's input.</summary>
    public required InputOptions Input { get; init; }

    /// <summary>The network.</summary>
    public required ArchitectureOptions Architecture { get; init; }

    /// <summary>
    /// How many networks of this architecture answer together, each from a seed of its own: the image gives the mean of their
    /// probabilities, and takes as many times the flash and the time of one.
    /// </summary>
    [Range(1, 4)]
    public int Ensemble { get; init; } = 1;

    /// <summary>The first phase: training in float.</summary>
    public required FloatTrainingOptions FloatTraining { get; init; }

    /// <summary>A larger network that teaches this one; null for none.</summary>
    public DistillationOptions? Distillation { get; init; }

    /// <summary>Structured pruning after the float phase; null for none.</summary>
    public PruningOptions? Pruning { get; init; }

    /// <summary>Random changes to training windows.</summary>
    public required AugmentationOptions Augmentation { get; init; }

    /// <summary>How a score's own network is trained; null where it has none.</summary>
    public ScoreTrainingOptions? ScoreTraining { get; init; }

    /// <summary>Faults to train an anomaly score with; null for none.</summary>
    public FaultTrainingOptions? Faults { get; init; }

    /// <summary>Shifts that the network of a reconstruction score learns to see through; null for none.</summary>
    public DenoisingOptions? Denoising { get; init; }

    /// <summary>The second phase: fine-tuning with fake quantization.</summary>
    public required QuantizationOptions Quantization { get; init; }

    /// <summary>Other ways to part the data, each trained and judged for the card beside the model.</summary>
    public IReadOnlyList<OtherSplitOptions> OtherSplits { get; init; } = [];

    /// <summary>Whether the image gets its packed section: more flash, fewer cycles with the dsp kernels.</summary>
    public bool Pack { get; init; }

    /// <summary>Reads and validates a configuration file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Values in place of the file's, as <c>path=value</c> (<see cref="ConfigOverrides"/>).</param>
    /// <exception cref="ConfigException">The file is missing, malformed, or holds values out of range.</exception>
    public static TrainingConfig Load(string path, params IReadOnlyList<string> overrides)
    {
        try
        {
            return Parse(ConfigOverrides.Apply(File.ReadAllText(path), overrides));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigException(ConfigError.MissingFile, $"{path}: not found.", fault);
        }
        catch (ConfigException fault)
        {
            throw new ConfigException(fault.Error, $"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>Reads and validates a configuration from JSON text.</summary>
    /// <exception cref="ConfigException">The text is malformed or holds values out of range.</exception>
    public static TrainingConfig Parse(string json)
    {
        try
        {
            var config = JsonSerializer.Deserialize<TrainingConfig>(json, Json) ?? throw new JsonException("the configuration is null");
            ConfigValidator.Validate(config);
            return config;
        }
        catch (JsonException fault)
        {
            throw new ConfigException(ConfigError.BadJson, fault.Message + SuccessorOf(fault.Message), fault);
        }
    }

    /// <summary>What a key is called today that older configurations have, for the message that refuses it.</summary>
    private static string SuccessorOf(string message) => message.Contains("'balanced'", StringComparison.Ordinal)
        ? " It is called balance now and goes from 0 to 1: \"balanced\": true is \"balance\": 1."
        : "";

    /// <summary>
    /// The configuration with another number of epochs: exactly as many in float, and no more than as many with rounding.
    /// </summary>
    /// <exception cref="ConfigException">The number is out of range.</exception>
    public TrainingConfig WithEpochs(int epochs)
    {
        int rounded = Math.Min(Quantization.Epochs, epochs);
        var config = this with
        {
            FloatTraining = FloatTraining with { Epochs = epochs },
            Distillation = Distillation is null ? null : Distillation with { Training = Distillation.Training with { Epochs = epochs } },
            Pruning = Pruning is null ? null : Pruning with { Epochs = Math.Min(Pruning.Epochs, epochs) },
            Quantization = Quantization with { Epochs = rounded, ObserveEpochs = Math.Min(Quantization.ObserveEpochs, rounded) },
        };
        ConfigValidator.Validate(config);
        return config;
    }

    /// <summary>The configuration as JSON text that <see cref="Parse"/> reads back.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
