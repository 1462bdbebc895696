using System.Text.Json;
using System.Text.Json.Nodes;
using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Weights;

/// <summary>What a training configuration says of a network: the sections <c>architecture</c> and <c>input.ranges</c>.</summary>
/// <param name="Shape">What it is made of.</param>
/// <param name="Ranges">For each channel the value that becomes 1.</param>
public sealed record EncoderConfig(EncoderShape Shape, IReadOnlyList<double> Ranges)
{
    private const string FileName = "train.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The configuration that lies beside a file.</summary>
    public static string Beside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, FileName);

    /// <summary>Reads a configuration file.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.MissingFile"/>, <see cref="InterchangeError.BadDescription"/>.
    /// </exception>
    public static EncoderConfig Load(string path) => File.Exists(path)
        ? Parse(File.ReadAllText(path))
        : throw new InterchangeException(InterchangeError.MissingFile, $"There is no configuration '{path}'.");

    /// <summary>Reads the JSON text of a configuration.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadDescription"/>.</exception>
    public static EncoderConfig Parse(string config)
    {
        EncoderShape shape = EncoderShape.Parse(config);
        try
        {
            double[] ranges = [.. Node(config)["input"]!["ranges"]!.AsArray().Select(range => (double)range!)];
            return new EncoderConfig(shape, ranges);
        }
        catch (Exception fault) when (fault is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new InterchangeException(InterchangeError.BadDescription, "input.ranges must be a list of numbers.", fault);
        }
    }

    /// <summary>The network of the weights that this describes.</summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadTensor"/>.</exception>
    public FloatNetwork ToNetwork(string name, SafetensorsFile weights, int windowSamples) =>
        EncoderWeights.ToNetwork(name, Shape, weights.Tensors, windowSamples, Ranges);

    /// <summary>
    /// The JSON text of a configuration with the architecture and the ranges of a network in place of its own; without one, of these two
    /// sections alone.
    /// </summary>
    /// <exception cref="InterchangeException"><see cref="InterchangeError.BadDescription"/>.</exception>
    public static string Text(EncoderFile network, string? config)
    {
        JsonNode text = config is null ? new JsonObject() : Node(config);
        text["architecture"] = network.Shape.ToJson();
        JsonObject input = text["input"] as JsonObject ?? [];
        input["ranges"] = new JsonArray([.. network.Ranges.Select(range => (JsonNode)range)]);
        text["input"] = input;
        return text.ToJsonString(Indented) + "\n";
    }

    private static JsonNode Node(string config)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonNode.Parse(config, documentOptions: options) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException fault)
        {
            throw new InterchangeException(InterchangeError.BadDescription, $"The configuration is no JSON: {fault.Message}", fault);
        }
    }
}
