using System.Text.Json;

namespace NanoFormer.Model;

/// <summary>A model image breaks a rule of MODEL-IMAGE.md.</summary>
/// <param name="error">The rule's name.</param>
/// <param name="detail">What is wrong where, as the end of a sentence.</param>
public sealed class ModelImageException(ModelImageError error, string detail) : Exception($"{NameOf(error)}: {detail}.")
{
    /// <summary>Why the image is refused.</summary>
    public ModelImageError Error { get; } = error;

    /// <summary>What is wrong where: a sentence without the name.</summary>
    public string Detail { get; } = $"{detail}.";

    /// <summary>The stable name shared with the C engine, such as <c>BAD_CHECKSUM</c>.</summary>
    public string StatusName => NameOf(Error);

    private static string NameOf(ModelImageError error) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(error.ToString());
}
