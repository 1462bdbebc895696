using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Flash;

/// <summary>Reads the data files built into this assembly.</summary>
internal static class EmbeddedData
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads an embedded JSON file by its file name.</summary>
    public static T ReadJson<T>(string fileName)
    {
        using var stream = Open(fileName);
        return JsonSerializer.Deserialize<T>(stream, Options)
            ?? throw new InvalidOperationException($"The resource {fileName} is empty.");
    }

    /// <summary>Reads an embedded text file by its file name.</summary>
    public static string ReadText(string fileName)
    {
        using var reader = new StreamReader(Open(fileName));
        return reader.ReadToEnd();
    }

    private static Stream Open(string fileName) => typeof(EmbeddedData).Assembly.GetManifestResourceStream(fileName)
        ?? throw new InvalidOperationException($"The assembly holds no resource {fileName}.");
}
