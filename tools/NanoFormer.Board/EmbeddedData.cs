using System.Text.Json;

namespace NanoFormer.Board;

/// <summary>Reads the data files built into this assembly.</summary>
internal static class EmbeddedData
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads an embedded JSON file by its file name.</summary>
    public static T ReadJson<T>(string fileName)
    {
        using var stream = typeof(EmbeddedData).Assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"The assembly holds no resource {fileName}.");
        return JsonSerializer.Deserialize<T>(stream, Options)
            ?? throw new InvalidOperationException($"The resource {fileName} is empty.");
    }
}
