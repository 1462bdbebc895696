using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace NanoFormer.Training.Configuration;

/// <summary>Which tokens a token looks at, and how.</summary>
public sealed record AttentionOptions
{
    /// <summary>How tokens are weighed.</summary>
    public AttentionKind Kind { get; init; } = AttentionKind.Softmax;

    /// <summary>Whether a token sees only itself and those before it; convolutions then look back only, too. Needed to stream.</summary>
    public bool Causal { get; init; }

    /// <summary>For causal softmax attention: how many tokens a token sees, itself included; 0 for all.</summary>
    [Range(0, AttentionReach.Farthest + 1)]
    public int Window { get; init; }

    /// <summary>For causal linear attention: with every token its sums lose <c>1 / 2^decay</c>; 0: nothing.</summary>
    [Range(0, 12)]
    public int Decay { get; init; }

    /// <summary>The engine's words for what a token sees.</summary>
    [JsonIgnore]
    public AttentionReach Reach => (Causal, Window) switch
    {
        (false, _) => AttentionReach.Full,
        (true, 0) => AttentionReach.Causal,
        _ => AttentionReach.Windowed(Window - 1),
    };
}

/// <summary>How tokens are weighed against each other.</summary>
public enum AttentionKind
{
    /// <summary>By a softmax of dot products.</summary>
    Softmax,

    /// <summary>By dot products of features <c>max(x, 0)</c>, at a cost that grows with the tokens, not with their square.</summary>
    Linear,
}
