using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>The recorded figures of other engines and the goals set against them (peer-results.json, with the method).</summary>
internal sealed record PeerResults(string Method, IReadOnlyList<PeerResult> Results, IReadOnlyList<Goal> Goals)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The book that comes with the program.</summary>
    public static PeerResults Shipped { get; } = Read();

    /// <summary>The result of the best peer for a model on a core; null where none was recorded.</summary>
    public PeerResult? BestFor(string model, string core) =>
        Results.Where(result => result.Model == model && result.Core == core).MinBy(result => result.Instructions);

    private static PeerResults Read()
    {
        using var stream = typeof(PeerResults).Assembly.GetManifestResourceStream("peer-results.json")
            ?? throw new InvalidOperationException("peer-results.json is not embedded.");
        return JsonSerializer.Deserialize<PeerResults>(stream, Options)
            ?? throw new InvalidOperationException("peer-results.json is empty.");
    }
}

/// <summary>What another engine needs for the same model.</summary>
/// <param name="Model">Benchmark model.</param>
/// <param name="Core">Emulated core.</param>
/// <param name="Peer">The other engine.</param>
/// <param name="Instructions">Instructions of one inference.</param>
/// <param name="Cycles">Its cycles, by the cycle model that ours are counted with; null where they were not counted.</param>
/// <param name="ArenaBytes">RAM it needs for activations.</param>
/// <param name="CodeBytes">Flash of its code; 0 where it was not measured.</param>
internal sealed record PeerResult(string Model, string Core, string Peer, long Instructions, long? Cycles, int ArenaBytes, int CodeBytes);
