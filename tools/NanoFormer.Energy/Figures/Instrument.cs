using System.Text.Json;

namespace NanoFormer.Energy.Figures;

/// <summary>How wrong an instrument may be.</summary>
/// <param name="Id">What <c>--instrument</c> names.</param>
/// <param name="Title">Its name.</param>
/// <param name="GainPercent">Limit of its gain's error in percent of the reading: the half-width of a rectangular distribution.</param>
/// <param name="Source">Where that stands.</param>
public sealed record Instrument(string Id, string Title, double GainPercent, string Source)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Those with a published accuracy.</summary>
    public static IReadOnlyList<Instrument> Known { get; } = Read();

    private static Instrument[] Read()
    {
        using var stream = typeof(Instrument).Assembly.GetManifestResourceStream("instruments.json")!;
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.GetProperty("instruments").Deserialize<Instrument[]>(Options)!;
    }
}
