namespace NanoFormer.Model;

/// <summary>Which tokens a token sees in an attention: those from <c>i - Before</c> to <c>i + After</c> that exist.</summary>
/// <param name="Before">Tokens before it, 0..511.</param>
/// <param name="After">Tokens after it, 0..511.</param>
public readonly record struct AttentionReach(int Before, int After)
{
    /// <summary>The farthest either way: at least a whole input.</summary>
    public const int Farthest = 511;

    /// <summary>Every token sees every token.</summary>
    public static AttentionReach Full => new(Farthest, Farthest);

    /// <summary>Every token sees itself and all before it.</summary>
    public static AttentionReach Causal => Windowed(Farthest);

    /// <summary>Every token sees itself and so many before it.</summary>
    public static AttentionReach Windowed(int before) => new(before, 0);

    /// <summary>Pairs of a token and one it sees, among so many tokens.</summary>
    public long Pairs(int tokens)
    {
        long pairs = 0;
        for (int i = 0; i < tokens; i++)
        {
            pairs += Math.Min(i, Before) + 1 + Math.Min(tokens - 1 - i, After);
        }

        return pairs;
    }
}
