using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>The recorded figures of other engines and the goals set against them (anchors.json, with the method).</summary>
internal sealed record AnchorBook(string Method, IReadOnlyList<Anchor> Anchors, IReadOnlyList<Goal> Goals)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The book that comes with the program.</summary>
    public static AnchorBook Shipped { get; } = Read();

    /// <summary>The nearest rival's figure for a model on a core; null where none was recorded.</summary>
    public Anchor? BestFor(string model, string core) =>
        Anchors.Where(anchor => anchor.Model == model && anchor.Core == core).MinBy(anchor => anchor.Instructions);

    private static AnchorBook Read()
    {
        using var stream = typeof(AnchorBook).Assembly.GetManifestResourceStream("anchors.json")
            ?? throw new InvalidOperationException("anchors.json is not embedded.");
        return JsonSerializer.Deserialize<AnchorBook>(stream, Options)
            ?? throw new InvalidOperationException("anchors.json is empty.");
    }
}
